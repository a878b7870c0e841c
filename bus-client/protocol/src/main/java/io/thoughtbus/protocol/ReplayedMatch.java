package io.thoughtbus.protocol;

/**
 * A past fact that matches.
 *
 * @param fact its id
 * @param score the inner product of its embedding with the interest's, -1 to 1
 */
public record ReplayedMatch(FactId fact, double score) {}
