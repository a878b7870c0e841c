package io.thoughtbus.server.erasure;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.RedisErased;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.WholeJournal;
import io.thoughtbus.server.redis.RedisTime;
import io.thoughtbus.server.trail.Trail;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Carries erasures out in bounded steps, each of which may be repeated: what is to be erased next is noted first, then
 * erased wherever it is, then the note is taken back. Servers that carry out the same one get in each other's way no
 * further than that they do the same.
 */
@Component
final class ErasureRun {
    private static final int STEP = 200;

    private final RedisErasures erasures;
    private final WholeJournal journal;
    private final RedisErased erased;
    private final List<ErasureGate> gates;
    private final List<ErasurePart> parts;
    private final Rewriting rewriting;
    private final RedisTime time;
    private final Trail trail;

    ErasureRun(
            RedisErasures erasures,
            WholeJournal journal,
            RedisErased erased,
            List<ErasureGate> gates,
            List<ErasurePart> parts,
            Rewriting rewriting,
            RedisTime time,
            Trail trail) {
        this.erasures = erasures;
        this.journal = journal;
        this.erased = erased;
        this.gates = List.copyOf(gates);
        this.parts = List.copyOf(parts);
        this.rewriting = rewriting;
        this.time = time;
        this.trail = trail;
    }

    /** Goes one step further; false if there is nothing to do now, because it is done or waits for a gate. */
    boolean step(ErasureRef ref) {
        erasures.open(ref);
        Optional<StoredErasure> found = erasures.find(ref);
        if (found.isEmpty() || found.get().endedAt() != null) {
            erasures.end(ref, time.now());
            return false;
        }
        StoredErasure erasure = found.get();
        if (!erasure.pending().isEmpty()) {
            erase(erasure);
            return true;
        }
        Part next = next(erasure);
        if (next.isLast()) {
            rewriting.ask();
            trail.noteOnce(ref.namespace(), "erased", ref.id(), "done", Map.of("facts", erasures.count(ref)));
            erasures.end(ref, time.now());
            return false;
        }
        Collection<FactId> lasts = next.lasts();
        boolean isReadByAll =
                gates.stream().allMatch(gate -> lasts.stream().allMatch(fact -> gate.isPassed(ref.namespace(), fact)));
        if (isReadByAll) {
            erasures.advance(erasure, next.cursor(), next.facts());
        }
        return isReadByAll;
    }

    private void erase(StoredErasure erasure) {
        String namespace = erasure.ref().namespace();
        erasures.note(erasure.ref(), erasure.pending());
        erased.erase(namespace, erasure.pending());
        parts.forEach(part -> part.erase(namespace, erasure.pending()));
        erasures.advance(erasure, erasure.cursor(), List.of());
    }

    private Part next(StoredErasure erasure) {
        return erasure.plan().subject() == null
                ? named(erasure)
                : about(erasure, erasure.plan().subject());
    }

    private Part named(StoredErasure erasure) {
        List<FactId> all = erasure.plan().facts();
        int from = erasure.cursor().isEmpty() ? 0 : Integer.parseInt(erasure.cursor());
        List<FactId> some = all.subList(from, Math.min(all.size(), from + STEP));
        List<FactId> held = journal.statements(erasure.ref().namespace(), some).stream()
                .map(Fact::id)
                .distinct()
                .toList();
        return new Part(Integer.toString(from + some.size()), held, some.isEmpty());
    }

    private Part about(StoredErasure erasure, String subject) {
        FactId last = Objects.requireNonNull(erasure.plan().last());
        if (last.milliseconds() == 0) {
            return new Part("", List.of(), true);
        }
        String start = erasure.cursor().isEmpty() ? "-" : "(" + erasure.cursor();
        List<Fact> some =
                journal.statements(erasure.ref().namespace(), last.shard(), start, RedisJournal.position(last), STEP);
        List<FactId> held = some.stream()
                .filter(fact -> subject.equals(fact.subject()))
                .map(Fact::id)
                .toList();
        return some.isEmpty()
                ? new Part("", List.of(), true)
                : new Part(RedisJournal.position(some.get(some.size() - 1).id()), held, false);
    }

    /**
     * A part of what is to be erased.
     *
     * @param cursor how far the erasure has come with it
     * @param isLast whether there is nothing more
     */
    private record Part(String cursor, List<FactId> facts, boolean isLast) {
        /** The last of each shard. */
        Collection<FactId> lasts() {
            return facts.stream()
                    .collect(Collectors.toMap(FactId::shard, fact -> fact, (a, b) -> a.compareTo(b) >= 0 ? a : b))
                    .values();
        }
    }
}
