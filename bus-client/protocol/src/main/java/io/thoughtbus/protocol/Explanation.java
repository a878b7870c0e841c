package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a fact wakes a subscription, or does not.
 *
 * @param version of the subscription in force now
 * @param score the inner product of the fact's embedding with the interest's, -1 to 1
 * @param threshold the lowest score that wakes
 * @param part which part of the interest the fact reaches farthest into, counted from 1, whose score and threshold are
 *     told; absent where the interest has one part
 * @param parts how many parts the interest has; absent where it has one
 * @param margin score minus threshold; negative below the threshold
 * @param filterPasses what the filter says; absent if the subscription has none
 * @param guard how the fact reads to the guard, for what this subscription minds; absent if it has no guard
 * @param secondStage what the second stage answered, by the record, or for a mere text answers now; absent where the
 *     margin alone decides
 * @param wakes whether the fact wakes by what is in force now
 * @param woke whether it did when it was published, by the record; absent for a mere text
 * @param detail what the decision rests on; only where a single subscription is asked about
 * @param reason the decision in a sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
        String subscription,
        int version,
        double score,
        double threshold,
        @Nullable Integer part,
        @Nullable Integer parts,
        double margin,
        @Nullable Boolean filterPasses,
        @Nullable List<Qualification> guard,
        @Nullable SecondStageAnswer secondStage,
        boolean wakes,
        @Nullable Boolean woke,
        @Nullable ExplanationDetail detail,
        String reason) {}
