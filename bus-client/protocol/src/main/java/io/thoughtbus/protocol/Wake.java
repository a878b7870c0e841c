package io.thoughtbus.protocol;

import java.time.Instant;

/**
 * The duty that follows from a match, handed over: the subscriber is owed this fact until it gives a verdict.
 *
 * @param id the same in every attempt
 * @param attempt counts from 1
 * @param score the inner product of the fact's embedding with the interest's, -1 to 1
 * @param threshold the lowest score that wakes, by the version that decided
 * @param version of the subscription that decided
 * @param replay whether the fact is past and delivered again by a replay
 * @param leaseUntil when the wake is due again if there is no verdict
 */
public record Wake(
        String id,
        int attempt,
        double score,
        double threshold,
        int version,
        boolean replay,
        Instant leaseUntil,
        Fact fact) {}
