package io.thoughtbus.server.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.thoughtbus.protocol.Comparison;
import io.thoughtbus.protocol.Difference;
import io.thoughtbus.protocol.Differences;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayMode;
import io.thoughtbus.protocol.SubscriptionDraft;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A replay of a namespace as Redis holds it.
 *
 * @param serial counts its steps
 */
record StoredComparison(
        ComparisonRef ref,
        Plan plan,
        Replay.State state,
        Progress progress,
        long serial,
        @Nullable Instant pausedAt,
        @Nullable Instant endedAt,
        @Nullable String failure) {

    /**
     * What it is to do; does not change.
     *
     * @param subscriptions the only ones to decide again as it was; empty for all
     * @param hypothesis what decides as it would be
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Plan(
            ReplayMode mode,
            ReplayRange range,
            @Nullable FactId wholeFrom,
            Choice choice,
            List<String> subscriptions,
            @Nullable String subscription,
            @Nullable Integer version,
            @Nullable SubscriptionDraft draft,
            @Nullable Hypothesis hypothesis,
            Instant startedAt) {
        Plan {
            subscriptions = subscriptions == null ? List.of() : List.copyOf(subscriptions);
        }
    }

    /**
     * How far it has come.
     *
     * @param first the first fact read
     * @param read the last fact read
     * @param lines how many lines the result has so far
     * @param kept how many of them, the first, are kept
     * @param counts of each kind of finding
     * @param digest over all lines so far, in order
     * @param ranMillis for how long it has run
     */
    record Progress(
            FactId first,
            FactId read,
            long scanned,
            long matched,
            long erased,
            long unverified,
            long lines,
            long kept,
            Map<Kind, Long> counts,
            String digest,
            long ranMillis) {
        static final Progress NONE =
                new Progress(new FactId(0, 0, 0), new FactId(0, 0, 0), 0, 0, 0, 0, 0, 0, Map.of(), "", 0);

        Progress {
            counts = Map.copyOf(counts);
        }

        long count(Kind kind) {
            return counts.getOrDefault(kind, 0L);
        }
    }

    /** What may be found of a fact and a subscription. */
    enum Kind {
        DIFFERENCES,
        ADDED,
        LOST,
        KEPT
    }

    /** The replay as it travels. */
    Comparison toComparison(Map<Kind, List<Difference>> first, Instant now) {
        boolean done = state == Replay.State.DONE;
        boolean was = plan.mode() == ReplayMode.AS_IT_WAS;
        double part = done ? 1 : plan.range().progress(progress.first(), progress.read());
        Choice choice = plan.choice();
        return new Comparison(
                ref.id(),
                plan.mode(),
                state,
                plan.range().from(),
                plan.range().to(),
                plan.wholeFrom(),
                choice.subject(),
                choice.publisher(),
                choice.filter(),
                choice.about(),
                plan.subscriptions(),
                plan.subscription(),
                plan.version(),
                plan.draft(),
                part,
                Estimate.end(state, part, progress.ranMillis(), now),
                progress.scanned(),
                progress.matched(),
                progress.erased(),
                progress.unverified(),
                progress.kept(),
                was ? differences(Kind.DIFFERENCES, first) : null,
                was ? null : differences(Kind.ADDED, first),
                was ? null : differences(Kind.LOST, first),
                was ? null : differences(Kind.KEPT, first),
                plan.startedAt(),
                endedAt,
                done ? progress.digest() : null,
                failure);
    }

    private Differences differences(Kind kind, Map<Kind, List<Difference>> first) {
        return new Differences(progress.count(kind), first.getOrDefault(kind, List.of()));
    }
}
