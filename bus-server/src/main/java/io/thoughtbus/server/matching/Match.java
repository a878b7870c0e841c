package io.thoughtbus.server.matching;

import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Reach;
import org.jspecify.annotations.Nullable;

/**
 * A fact concerns a subscription.
 *
 * @param interest which version of which subscription
 * @param version counts the changes of the subscription, from 1
 * @param score the inner product of the fact's embedding with the interest's
 * @param threshold the lowest score that wakes
 * @param part which part of the interest the fact reaches, counted from 1; absent where the interest has one part
 */
public record Match(
        InterestRef interest,
        int version,
        double score,
        double threshold,
        @Nullable Integer part) {
    /** A match with an interest of one part. */
    public Match(InterestRef interest, int version, double score, double threshold) {
        this(interest, version, score, threshold, null);
    }

    /** What was decided about a fact. */
    public static Match of(InterestRef interest, int version, Reach reach) {
        return new Match(interest, version, reach.score(), reach.threshold(), reach.part());
    }

    /** Score minus threshold. */
    public double margin() {
        return score - threshold;
    }
}
