package io.thoughtbus.server.interest;

import io.thoughtbus.protocol.Qualifier;
import java.util.Optional;

/**
 * What an interest says about a fact.
 *
 * @param score the inner product of the fact's embedding with the interest's
 * @param threshold the lowest score that wakes
 * @param filter what the filter says; not asked, and passed, if the score is below the threshold
 * @param stop why the guard stops it; not asked, and empty, if it does not get so far
 */
public record Decision(double score, double threshold, FilterOutcome filter, Optional<Qualifier> stop) {
    /** Whether the fact wakes the subscriber. */
    public boolean wakes() {
        return score >= threshold && filter.passes() && stop.isEmpty();
    }
}
