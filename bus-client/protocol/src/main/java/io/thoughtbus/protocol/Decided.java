package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a fact and a subscription that its score and the filter let pass.
 *
 * @param version of the subscription that decided
 * @param score the inner product of the fact's embedding with the interest's, -1 to 1
 * @param threshold the lowest score that wakes, by that version
 * @param part which part of the interest the fact reaches, counted from 1; absent where the interest has one part
 * @param stoppedBy why the guard stopped it; absent if the fact wakes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"version", "score", "threshold", "part", "stoppedBy"})
public record Decided(
        int version,
        double score,
        double threshold,
        @Nullable Integer part,
        @Nullable Qualifier stoppedBy) {
    /** What was decided by an interest of one part. */
    public Decided(int version, double score, double threshold, @Nullable Qualifier stoppedBy) {
        this(version, score, threshold, null, stoppedBy);
    }
}
