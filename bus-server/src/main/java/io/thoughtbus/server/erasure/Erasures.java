package io.thoughtbus.server.erasure;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.protocol.Erasure;
import io.thoughtbus.protocol.ErasureDraft;
import io.thoughtbus.protocol.ErasurePage;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.RedisTime;
import io.thoughtbus.server.trail.Trail;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Begins erasures, and tells of them. */
@Component
public final class Erasures {
    private static final Logger log = LoggerFactory.getLogger(Erasures.class);

    /** What is not done by then goes on without the one who asked. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long to wait for who reads the journal and has not come so far. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final int LOOKED_AT = 1_000;
    private static final int MOST_RUNNING = 1_000;

    private final Namespaces namespaces;
    private final Shards shards;
    private final RedisJournal journal;
    private final RedisErasures erasures;
    private final ErasureRun run;
    private final RedisTime time;
    private final Trail trail;
    private final Ticker ticker;

    Erasures(
            Namespaces namespaces,
            Shards shards,
            RedisJournal journal,
            RedisErasures erasures,
            ErasureRun run,
            RedisTime time,
            Trail trail,
            Ticker ticker) {
        this.namespaces = namespaces;
        this.shards = shards;
        this.journal = journal;
        this.erasures = erasures;
        this.run = run;
        this.time = time;
        this.trail = trail;
        this.ticker = ticker;
    }

    /** Erases facts that were accepted before; what takes long goes on after the answer. */
    Erasure erase(String namespace, ErasureDraft draft) {
        if (!namespaces.exists(namespace)) {
            throw new ProblemException(ProblemType.FACT_NOT_FOUND, "the namespace " + namespace + " holds no facts");
        }
        if (erasures.running().size() >= MOST_RUNNING) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_ERASURES, MOST_RUNNING + " erasures go on, which is the most");
        }
        ErasureRef ref = new ErasureRef(namespace, UUID.randomUUID().toString());
        FactId last = draft.subject() == null ? null : journal.last(namespace, shards.of(draft.subject()));
        trail.note(namespace, "erasure", ref.id(), draft);
        erasures.intend(ref, new StoredErasure.Plan(draft.subject(), draft.facts(), draft.reason(), time.now(), last));
        long began = ticker.read();
        boolean isDone = false;
        while (!isDone && ticker.read() - began < PATIENCE.toNanos()) {
            try {
                if (!run.step(ref)) {
                    isDone = isDone(ref);
                    LockSupport.parkNanos(isDone ? 0 : PAUSE.toNanos());
                }
            } catch (ProblemException e) {
                log.info("The erasure {} of {} goes on later: {}", ref.id(), namespace, e.getMessage());
                break;
            }
        }
        erasures.open(ref);
        return show(ref, 0, 0);
    }

    private boolean isDone(ErasureRef ref) {
        return erasures.find(ref).map(erasure -> erasure.endedAt() != null).orElse(true);
    }

    /** An erasure with the ids of some facts that it erased. */
    Erasure show(ErasureRef ref, int skip, int most) {
        StoredErasure erasure = erasures.find(ref)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.ERASURE_NOT_FOUND, "there is no erasure " + ref.id() + " of " + ref.namespace()));
        long count = erasures.count(ref);
        List<FactId> page = most == 0 ? List.of() : erasures.erased(ref, skip, most);
        boolean isMore = most > 0 && skip + page.size() < count;
        return erasure(erasure, count, page, isMore ? Integer.toString(skip + page.size()) : null);
    }

    /** Some erasures, the newest first. */
    ErasurePage list(String namespace, int skip, int most) {
        List<ErasureRef> found = erasures.newest(namespace, skip, most + 1);
        List<Erasure> page = found.stream()
                .limit(most)
                .map(ref -> erasures.find(ref).map(erasure -> erasure(erasure, erasures.count(ref), List.of(), null)))
                .flatMap(Optional::stream)
                .toList();
        return new ErasurePage(page, found.size() > most ? Integer.toString(skip + most) : null);
    }

    /** How many facts of a subject that were accepted until then have been erased with it. */
    public long erasedOf(String namespace, String subject, Instant until) {
        return erasures.countOf(namespace, subject, until);
    }

    /** For each of some facts that were erased the erasure that did it, as far as the thousand newest know. */
    public Map<FactId, Erasure> of(String namespace, List<FactId> facts) {
        Map<FactId, Erasure> found = new HashMap<>();
        List<ErasureRef> newest = facts.isEmpty() ? List.of() : erasures.newest(namespace, 0, LOOKED_AT);
        for (ErasureRef ref : newest) {
            List<FactId> its = erasures.among(ref, facts);
            if (!its.isEmpty()) {
                Erasure erasure = show(ref, 0, 0);
                its.forEach(fact -> found.put(fact, erasure));
            }
        }
        return found;
    }

    private Erasure erasure(StoredErasure erasure, long count, List<FactId> page, @Nullable String next) {
        boolean isDone = erasure.endedAt() != null;
        boolean isNamed = erasure.plan().subject() == null;
        return new Erasure(
                erasure.ref().id(),
                erasure.plan().subject(),
                erasure.plan().reason(),
                isDone ? Erasure.State.DONE : Erasure.State.RUNNING,
                erasure.plan().at(),
                erasure.endedAt(),
                count,
                page,
                next,
                isDone && isNamed ? missing(erasure) : null);
    }

    private List<FactId> missing(StoredErasure erasure) {
        Set<FactId> held = new HashSet<>(
                erasures.erased(erasure.ref(), 0, erasure.plan().facts().size()));
        return erasure.plan().facts().stream()
                .filter(fact -> !held.contains(fact))
                .toList();
    }
}
