package io.thoughtbus.server.interest;

import org.jspecify.annotations.Nullable;

/**
 * How far a fact reaches into an interest: into the part where its margin is largest, the first of several.
 *
 * @param part which part that is, counted from 1; absent where the interest has one part
 * @param score the inner product of the fact's embedding with that part's direction
 * @param threshold of that part
 */
public record Reach(@Nullable Integer part, double score, double threshold) {
    /** Score minus threshold. */
    public double margin() {
        return score - threshold;
    }
}
