package io.thoughtbus.server.replay;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.protocol.Comparison;
import io.thoughtbus.protocol.ComparisonDraft;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayMode;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.trail.Trail;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Starts, shows, pauses and cancels replays of namespaces. */
@Component
final class Comparisons {
    private static final int MOST_RUNNING = 64;
    private static final int MOST_REMEMBERED = 100;
    private static final int PIECES = 16;

    private final RedisComparisons comparisons;
    private final Hypotheses hypotheses;
    private final ReplayRanges ranges;
    private final Namespaces namespaces;
    private final ReplayBell bell;
    private final Embedder embedder;
    private final Clock clock;
    private final Trail trail;

    Comparisons(
            RedisComparisons comparisons,
            Hypotheses hypotheses,
            ReplayRanges ranges,
            Namespaces namespaces,
            ReplayBells bells,
            Embedder embedder,
            Clock clock,
            Trail trail) {
        this.comparisons = comparisons;
        this.hypotheses = hypotheses;
        this.ranges = ranges;
        this.namespaces = namespaces;
        this.bell = bells.namespaces();
        this.embedder = embedder;
        this.clock = clock;
        this.trail = trail;
    }

    /** Starts a replay of what has been dispatched. */
    Comparison start(String namespace, ComparisonDraft draft) {
        if (!namespaces.exists(namespace)) {
            throw new ProblemException(
                    ProblemType.NO_SUCH_RESOURCE, "there is no namespace " + namespace + ", so it has no past");
        }
        if (comparisons.running().size() >= MOST_RUNNING) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REPLAYS,
                    MOST_RUNNING + " replays of namespaces run or wait, which is the most");
        }
        Choice choice = new Choice(draft.subject(), draft.publisher(), draft.filter(), draft.about());
        new Selection(choice, embedder);
        requireKnown(namespace, draft.subscriptions());
        Hypothesis hypothesis = draft.mode() == ReplayMode.AS_IT_WOULD_BE ? hypotheses.of(namespace, draft) : null;
        makeRoom(namespace);
        ComparisonRef ref = new ComparisonRef(namespace, UUID.randomUUID().toString());
        trail.note(namespace, "replay", ref.id(), draft);
        comparisons.add(
                ref,
                new StoredComparison.Plan(
                        draft.mode(),
                        ranges.dispatched(namespace, draft.from(), draft.to()),
                        ranges.wholeFrom(namespace, draft.from()).orElse(null),
                        choice,
                        draft.subscriptions(),
                        draft.subscription(),
                        draft.version(),
                        draft.draft(),
                        hypothesis,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        bell.ring();
        return show(ref);
    }

    /** A replay with the first of its findings. */
    Comparison show(ComparisonRef ref) {
        return require(ref).toComparison(comparisons.told(ref), clock.instant());
    }

    /** The replays of a namespace that are remembered, without their findings. */
    List<Comparison> list(String namespace) {
        return comparisons.ids(namespace).stream()
                .map(id -> remembered(new ComparisonRef(namespace, id)))
                .flatMap(Optional::stream)
                .map(replay -> replay.toComparison(Map.of(), clock.instant()))
                .toList();
    }

    /** Stops a replay, if it has not ended. */
    Comparison cancel(ComparisonRef ref) {
        Comparison before = show(ref);
        if (before.isEnded()) {
            return before;
        }
        trail.note(ref.namespace(), "replay-cancelled", ref.id(), Map.of());
        comparisons.end(ref, Replay.State.CANCELLED, clock.instant(), null);
        return show(ref);
    }

    /** Pauses a replay that runs, or lets one that is paused go on. */
    Comparison hold(ComparisonRef ref, boolean pause) {
        require(ref);
        comparisons.hold(ref, pause, clock.instant());
        bell.ring();
        return show(ref);
    }

    /** Writes the lines found so far. */
    void write(ComparisonRef ref, OutputStream out) throws IOException {
        List<byte[]> pieces;
        int written = 0;
        do {
            pieces = comparisons.pieces(ref, written, PIECES);
            for (byte[] piece : pieces) {
                Compressed.write(piece, out);
            }
            written += pieces.size();
        } while (!pieces.isEmpty());
    }

    StoredComparison require(ComparisonRef ref) {
        return comparisons
                .find(ref)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.REPLAY_NOT_FOUND,
                        "there is no replay " + ref.id() + " of " + ref.namespace()
                                + "; their records end a week after them"));
    }

    /** Forgets the quarter that ended first where there are as many as are remembered. */
    private void makeRoom(String namespace) {
        List<String> ids = comparisons.ids(namespace);
        if (ids.size() < MOST_REMEMBERED) {
            return;
        }
        ids.stream()
                .map(id -> remembered(new ComparisonRef(namespace, id)))
                .flatMap(Optional::stream)
                .filter(replay -> replay.endedAt() != null)
                .sorted(Comparator.comparing(replay -> Objects.requireNonNull(replay.endedAt())))
                .limit(MOST_REMEMBERED / 4)
                .forEach(replay -> comparisons.forget(replay.ref()));
    }

    private void requireKnown(String namespace, List<String> subscriptions) {
        if (subscriptions.isEmpty()) {
            return;
        }
        Set<String> known = hypotheses.subscriptions(namespace);
        for (int i = 0; i < subscriptions.size(); i++) {
            if (!known.contains(subscriptions.get(i))) {
                throw new InvalidFieldException(
                        "subscriptions[" + i + "]",
                        "must be a subscription that is there, or was as long as the history goes back, but was "
                                + subscriptions.get(i));
            }
        }
    }

    private Optional<StoredComparison> remembered(ComparisonRef ref) {
        Optional<StoredComparison> found = comparisons.find(ref);
        if (found.isEmpty()) {
            comparisons.forget(ref);
        }
        return found;
    }
}
