package io.thoughtbus.server.memory;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.FactPage;
import io.thoughtbus.protocol.FactSearch;
import io.thoughtbus.protocol.FoundFacts;
import io.thoughtbus.protocol.ScoredFact;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.redis.RedisTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The live facts of all namespaces. The index finds them, the journal has them. */
@Component
final class Memory {
    private static final int EXPIRED_ALLOWANCE = 16;

    private final Namespaces namespaces;
    private final RedisJournal journal;
    private final RedisMemoryIndex index;
    private final Embedder embedder;
    private final RedisTime time;

    Memory(Namespaces namespaces, RedisJournal journal, RedisMemoryIndex index, Embedder embedder, RedisTime time) {
        this.namespaces = namespaces;
        this.journal = journal;
        this.index = index;
        this.embedder = embedder;
        this.time = time;
    }

    /** A fact, if it is alive. */
    Optional<Fact> find(String namespace, FactId id) {
        return live(namespace, List.of(id)).stream().map(JournalledFact::fact).findFirst();
    }

    /** The oldest live facts after a position, oldest first. */
    FactPage list(String namespace, @Nullable String subject, @Nullable FactId after, int limit) {
        if (!namespaces.exists(namespace)) {
            return new FactPage(List.of(), null);
        }
        long from = after == null ? 0 : after.milliseconds();
        List<Fact> facts = new ArrayList<>();
        int skip = 0;
        List<FactId> ids;
        do {
            ids = index.since(namespace, subject, from, skip, limit + 1);
            skip += ids.size();
            List<FactId> later = ids.stream()
                    .filter(id -> after == null || id.compareTo(after) > 0)
                    .toList();
            live(namespace, later).forEach(fact -> facts.add(fact.fact()));
        } while (facts.size() <= limit && ids.size() == limit + 1);
        return facts.size() > limit
                ? new FactPage(facts.subList(0, limit), facts.get(limit - 1).id())
                : new FactPage(facts, null);
    }

    /** The live facts that mean what is asked for, nearest first. */
    FoundFacts search(String namespace, FactSearch search) {
        if (!namespaces.exists(namespace)) {
            return new FoundFacts(List.of());
        }
        Embedding meaning = embedder.embed(search.text());
        int asked = search.limit() + EXPIRED_ALLOWANCE;
        List<FactId> ids = index.nearest(namespace, search.subject(), meaning, asked);
        List<JournalledFact> alive = live(namespace, ids);
        while (alive.size() < search.limit() && ids.size() == asked) {
            asked *= 4;
            ids = index.nearest(namespace, search.subject(), meaning, asked);
            alive = live(namespace, ids);
        }
        return new FoundFacts(alive.stream()
                .map(fact -> new ScoredFact(fact.embedding().dot(meaning), fact.fact()))
                .filter(found -> search.threshold() == null || found.score() >= search.threshold())
                .sorted(Comparator.comparingDouble(ScoredFact::score)
                        .reversed()
                        .thenComparing(found -> found.fact().id()))
                .limit(search.limit())
                .toList());
    }

    private List<JournalledFact> live(String namespace, List<FactId> ids) {
        Instant now = time.now();
        return journal.find(namespace, ids).stream()
                .flatMap(Optional::stream)
                .filter(fact -> fact.fact().expiresAt().isAfter(now))
                .toList();
    }
}
