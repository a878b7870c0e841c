package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.server.guard.Reading;
import io.thoughtbus.server.journal.JournalledFact;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One version of a subscription's interest, ready to decide: a direction in the space of embeddings, how far along it
 * a fact must lie, a filter, and what the guard stops.
 *
 * @param subscription the subscription's id
 * @param revision unique among all versions of all subscriptions of a bus, later ones higher
 * @param version counts the changes of the subscription, from 1
 * @param direction the unit vector whose inner product with a fact's embedding is the score
 * @param threshold the lowest score that wakes
 * @param filter passes what may wake; absent if everything may
 * @param minded facts qualified in one of these ways do not wake
 */
public record CompiledInterest(
        String subscription,
        long revision,
        int version,
        Embedding direction,
        double threshold,
        @Nullable Filter filter,
        Set<Qualifier> minded) {
    public CompiledInterest {
        EnumSet<Qualifier> inOrder = EnumSet.noneOf(Qualifier.class);
        inOrder.addAll(minded);
        minded = Collections.unmodifiableSet(inOrder);
    }

    /** The inner product of the interest's direction with a fact's embedding, in [-1, 1], summed in double precision. */
    public double score(Embedding fact) {
        return direction.dot(fact);
    }

    /**
     * What this interest says about a fact, exactly and the same on every server.
     *
     * @param reading how the fact reads to the guard
     */
    public Decision decide(JournalledFact fact, Reading reading) {
        double score = score(fact.embedding());
        FilterOutcome outcome = score >= threshold && filter != null ? filter.test(fact.fact()) : FilterOutcome.PASSED;
        boolean passes = score >= threshold && outcome.passes();
        return new Decision(score, threshold, outcome, passes ? reading.stop(minded) : Optional.empty());
    }
}
