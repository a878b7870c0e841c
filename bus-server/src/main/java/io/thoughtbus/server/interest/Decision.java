package io.thoughtbus.server.interest;

import io.thoughtbus.protocol.Qualifier;
import java.util.Optional;

/**
 * What an interest says about a fact.
 *
 * @param reach how far the fact reaches into the interest
 * @param filter what the filter says; not asked, and passed, if the score is too low to wake
 * @param stop why the guard stops it; not asked, and empty, if it does not get so far
 * @param isClose whether the margin is too small to decide
 */
public record Decision(Reach reach, FilterOutcome filter, Optional<Qualifier> stop, boolean isClose) {
    /** Whether the second stage decides. */
    public boolean isInDoubt() {
        return isClose && filter.passes() && stop.isEmpty();
    }

    /** Score minus threshold. */
    public double margin() {
        return reach.margin();
    }

    /** Whether the fact wakes the subscriber, by the margin where the second stage would decide. */
    public boolean wakes() {
        return reach.score() >= reach.threshold() && filter.passes() && stop.isEmpty();
    }
}
