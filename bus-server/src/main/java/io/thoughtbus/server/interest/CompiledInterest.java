package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.guard.Reading;
import io.thoughtbus.server.journal.JournalledFact;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One version of a subscription's interest, ready to decide: one or more directions in the space of embeddings, how far
 * along one of them a fact must lie, a filter, and what the guard stops.
 *
 * @param subscription the subscription's id
 * @param revision unique among all versions of all subscriptions of a bus, later ones higher
 * @param version counts the changes of the subscription, from 1
 * @param parts at least one, at most {@value InterestPart#MOST}; a fact that reaches one of them wakes
 * @param filter passes what may wake; absent if everything may
 * @param minded facts qualified in one of these ways do not wake
 * @param doubt where the margin is too small to decide; absent if it always decides
 */
public record CompiledInterest(
        String subscription,
        long revision,
        int version,
        List<InterestPart> parts,
        @Nullable Filter filter,
        Set<Qualifier> minded,
        @Nullable Doubt doubt) {
    public CompiledInterest {
        if (parts.isEmpty() || parts.size() > InterestPart.MOST) {
            throw new IllegalArgumentException(
                    "an interest has 1 to " + InterestPart.MOST + " parts, but " + parts.size() + " were given");
        }
        parts = List.copyOf(parts);
        EnumSet<Qualifier> inOrder = EnumSet.noneOf(Qualifier.class);
        inOrder.addAll(minded);
        minded = Collections.unmodifiableSet(inOrder);
    }

    /** An interest of one part whose margin always decides. */
    public CompiledInterest(
            String subscription,
            long revision,
            int version,
            Embedding direction,
            double threshold,
            @Nullable Filter filter,
            Set<Qualifier> minded) {
        this(
                subscription,
                revision,
                version,
                List.of(new InterestPart(direction, threshold, List.of())),
                filter,
                minded,
                null);
    }

    /** The same, under another name. */
    public CompiledInterest named(InterestRef name, int ofVersion) {
        return new CompiledInterest(name.subscription(), name.revision(), ofVersion, parts, filter, minded, doubt);
    }

    /** The same, in doubt as a subscriber declared it: facts that verdicts taught beside that are not asked about. */
    public CompiledInterest doubtingAs(SubscriptionDraft declared) {
        return new CompiledInterest(
                subscription,
                revision,
                version,
                parts,
                filter,
                minded,
                Doubt.of(declared.interest(), declared.secondStage()));
    }

    /** The direction of the first part, and of an interest of one part the only one. */
    public Embedding direction() {
        return parts.get(0).direction();
    }

    /** The threshold of the first part, and of an interest of one part the only one. */
    public double threshold() {
        return parts.get(0).threshold();
    }

    /** The lowest score along a part that may wake. */
    public double lowest(InterestPart part) {
        return doubt == null ? part.threshold() : part.threshold() - doubt.band();
    }

    /** How far a fact reaches, summed in double precision. */
    public Reach reach(Embedding fact) {
        int best = 0;
        double score = 0;
        double margin = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < parts.size(); i++) {
            InterestPart part = parts.get(i);
            double along = part.direction().dot(fact);
            if (along - part.threshold() > margin) {
                best = i;
                score = along;
                margin = along - part.threshold();
            }
        }
        return new Reach(
                parts.size() == 1 ? null : best + 1, score, parts.get(best).threshold());
    }

    /** Whether a fact that reaches so far may wake, or be in doubt. */
    public boolean isReached(Reach reach) {
        return reach.score() >= (doubt == null ? reach.threshold() : reach.threshold() - doubt.band());
    }

    /**
     * What this interest says about a fact, exactly and the same on every server.
     *
     * @param reading how the fact reads to the guard
     */
    public Decision decide(JournalledFact fact, Reading reading) {
        Reach reach = reach(fact.embedding());
        boolean mayWake = isReached(reach);
        FilterOutcome outcome = mayWake && filter != null ? filter.test(fact.fact()) : FilterOutcome.PASSED;
        boolean passes = mayWake && outcome.passes();
        return new Decision(
                reach,
                outcome,
                passes ? reading.stop(minded) : Optional.empty(),
                mayWake && doubt != null && reach.margin() <= doubt.band());
    }
}
