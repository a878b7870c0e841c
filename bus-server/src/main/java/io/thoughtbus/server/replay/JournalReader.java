package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.journal.WholeJournal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reads a range of a namespace's journal in the one order of all shards, with a bounded part of each in memory. */
final class JournalReader {
    private static final int AHEAD = 256;

    private final WholeJournal journal;
    private final String namespace;
    private final ReplayRange range;
    private final List<ShardReader> shards = new ArrayList<>();

    /**
     * A reader of what follows a position.
     *
     * @param read the last position read before
     */
    JournalReader(WholeJournal journal, Shards all, String namespace, ReplayRange range, FactId read) {
        this.journal = journal;
        this.namespace = namespace;
        this.range = range;
        all.all().forEach(shard -> shards.add(new ShardReader(shard, range.start(shard, read))));
    }

    /** The next facts, in order; none at the end of the range. */
    List<StoredFact> next(int most) {
        List<StoredFact> facts = new ArrayList<>(most);
        while (facts.size() < most) {
            ShardReader first = null;
            for (ShardReader shard : shards) {
                if (shard.fill() && (first == null || shard.head().compareTo(first.head()) < 0)) {
                    first = shard;
                }
            }
            if (first == null) {
                return facts;
            }
            facts.add(first.ahead.removeFirst());
        }
        return facts;
    }

    /** A fact of the journal, wherever it stands. */
    Optional<StoredFact> find(FactId id) {
        return journal.find(namespace, id);
    }

    private final class ShardReader {
        private final int shard;
        private final Deque<StoredFact> ahead = new ArrayDeque<>();
        private String start;
        private boolean ended;

        ShardReader(int shard, String start) {
            this.shard = shard;
            this.start = start;
        }

        FactId head() {
            return ahead.getFirst().id();
        }

        boolean fill() {
            if (ahead.isEmpty() && !ended) {
                ahead.addAll(journal.range(namespace, shard, start, range.end(shard), AHEAD));
                ended = ahead.size() < AHEAD;
                if (!ahead.isEmpty()) {
                    start = "(" + RedisJournal.position(ahead.getLast().id());
                }
            }
            return !ahead.isEmpty();
        }
    }
}
