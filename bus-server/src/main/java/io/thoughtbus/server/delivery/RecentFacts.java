package io.thoughtbus.server.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.journal.RedisJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The facts dispatched last, so that a wake that is taken at once need not fetch its fact again. */
@Component
final class RecentFacts {
    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final int BYTES_BESIDES_TEXT = 2_500;

    /** A wake is taken at once or late; and what another server erases is remembered here no longer than this. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final RedisJournal journal;
    private final Cache<Key, JournalledFact> recent;

    RecentFacts(RedisJournal journal, Ticker ticker) {
        this.journal = journal;
        this.recent = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(ticker)
                .expireAfterWrite(REMEMBERED)
                .maximumWeight(MOST_BYTES)
                .weigher((Key key, JournalledFact fact) -> BYTES_BESIDES_TEXT
                        + fact.fact().text().length()
                        + 64 * fact.fact().attributes().size())
                .build();
    }

    void remember(String namespace, List<JournalledFact> facts) {
        facts.forEach(fact -> recent.put(new Key(namespace, fact.id()), fact));
    }

    void forget(String namespace, List<FactId> facts) {
        facts.forEach(fact -> recent.invalidate(new Key(namespace, fact)));
    }

    /** Facts by their ids; those that the journal no longer holds are left out. */
    Map<FactId, JournalledFact> findAll(String namespace, Set<FactId> ids) {
        Map<FactId, JournalledFact> found = new HashMap<>();
        List<FactId> unknown = new ArrayList<>();
        for (FactId id : ids) {
            JournalledFact fact = recent.getIfPresent(new Key(namespace, id));
            if (fact == null) {
                unknown.add(id);
            } else {
                found.put(id, fact);
            }
        }
        found.putAll(fetchAll(namespace, unknown));
        return found;
    }

    /** The same of what the journal holds now. */
    Map<FactId, JournalledFact> fetchAll(String namespace, Collection<FactId> ids) {
        Map<FactId, JournalledFact> found = new HashMap<>();
        if (!ids.isEmpty()) {
            journal.find(namespace, List.copyOf(ids)).stream()
                    .flatMap(Optional::stream)
                    .forEach(fact -> found.put(fact.id(), fact));
        }
        return found;
    }

    private record Key(String namespace, FactId id) {}
}
