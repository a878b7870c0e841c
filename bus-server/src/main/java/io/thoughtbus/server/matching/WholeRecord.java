package io.thoughtbus.server.matching;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.JournalArchive;
import io.thoughtbus.server.journal.WholeJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import redis.clients.jedis.StreamEntryID;

/** The record of all matches as far back as it is kept: what has left Redis is read from the archive, if there is one. */
@Component
public final class WholeRecord {
    private final RedisMatchJournal record;
    private final WholeJournal journal;

    /** The record in Redis, with what the journal has in its archive. */
    public WholeRecord(RedisMatchJournal record, WholeJournal journal) {
        this.record = record;
        this.journal = journal;
    }

    /** As {@link RedisMatchJournal#range(String, int, String, String, int)}. */
    public List<MatchSet> range(String namespace, int shard, String from, String to, int most) {
        return journal.read(namespace, shard, from, to, most, new WholeJournal.Source<MatchSet>() {
            @Override
            public List<MatchSet> inRedis(String start, int some) {
                return record.range(namespace, shard, start, to, some);
            }

            @Override
            public List<MatchSet> in(JournalArchive archive, StreamEntryID first, StreamEntryID last, int some) {
                return record.decode(shard, archive.matches(namespace, shard, first, last, some));
            }
        });
    }

    /** As {@link RedisMatchJournal#findAll}. */
    public List<MatchSet> findAll(String namespace, List<FactId> facts) {
        List<MatchSet> found = new ArrayList<>(record.findAll(namespace, facts));
        Set<FactId> held = found.stream().map(MatchSet::fact).collect(Collectors.toSet());
        for (FactId fact : facts) {
            if (!held.contains(fact)) {
                found.addAll(record.decode(fact.shard(), journal.archived(namespace, fact, true)));
            }
        }
        return found;
    }
}
