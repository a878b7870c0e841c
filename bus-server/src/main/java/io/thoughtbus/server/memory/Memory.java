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
import io.thoughtbus.server.journal.RedisWithdrawals;
import io.thoughtbus.server.redis.RedisTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The live facts of all namespaces. The index finds them, the journal has them. */
@Component
final class Memory {
    private static final int EXPIRED_ALLOWANCE = 16;
    private static final FactId BEFORE_ALL = new FactId(0, 0, 0);

    private final Namespaces namespaces;
    private final RedisJournal journal;
    private final RedisWithdrawals withdrawals;
    private final RedisMemoryIndex index;
    private final Embedder embedder;
    private final RedisTime time;

    Memory(
            Namespaces namespaces,
            RedisJournal journal,
            RedisWithdrawals withdrawals,
            RedisMemoryIndex index,
            Embedder embedder,
            RedisTime time) {
        this.namespaces = namespaces;
        this.journal = journal;
        this.withdrawals = withdrawals;
        this.index = index;
        this.embedder = embedder;
        this.time = time;
    }

    /** A fact, if it is alive. */
    Optional<Fact> find(String namespace, FactId id) {
        return live(namespace, List.of(id)).stream().map(JournalledFact::fact).findFirst();
    }

    /**
     * The oldest live facts after a position, oldest first. It goes on from the last position seen and not from the number
     * of those seen, because facts expire meanwhile; a window that is full of facts of one millisecond is widened.
     */
    FactPage list(String namespace, @Nullable String subject, @Nullable FactId after, int limit) {
        if (!namespaces.exists(namespace)) {
            return new FactPage(List.of(), null);
        }
        List<Fact> facts = new ArrayList<>();
        FactId last = after == null ? BEFORE_ALL : after;
        int window = limit + 1;
        boolean isFull;
        do {
            FactId seen = last;
            List<FactId> ids = index.since(namespace, subject, seen.milliseconds(), window);
            List<FactId> later =
                    ids.stream().filter(id -> id.compareTo(seen) > 0).toList();
            live(namespace, later).forEach(fact -> facts.add(fact.fact()));
            last = later.isEmpty() ? seen : later.get(later.size() - 1);
            isFull = ids.size() == window;
            window = later.isEmpty() ? window * 2 : limit + 1;
        } while (facts.size() <= limit && isFull);
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
        Set<FactId> withdrawn = withdrawals.find(namespace, ids).keySet();
        return journal.find(namespace, ids).stream()
                .flatMap(Optional::stream)
                .filter(fact -> !fact.fact().isRetraction() && !withdrawn.contains(fact.id()))
                .filter(fact -> fact.fact().expiresAt().isAfter(now))
                .toList();
    }
}
