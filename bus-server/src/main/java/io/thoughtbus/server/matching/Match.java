package io.thoughtbus.server.matching;

import io.thoughtbus.server.interest.InterestRef;

/**
 * A fact concerns a subscription.
 *
 * @param interest which version of which subscription
 * @param version counts the changes of the subscription, from 1
 * @param score the inner product of the fact's embedding with the interest's
 * @param threshold the lowest score that wakes
 */
public record Match(InterestRef interest, int version, double score, double threshold) {}
