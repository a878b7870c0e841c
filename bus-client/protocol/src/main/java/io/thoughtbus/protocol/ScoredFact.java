package io.thoughtbus.protocol;

/**
 * A fact found by meaning.
 *
 * @param score the inner product of its embedding with the question's, -1 to 1, higher is nearer
 */
public record ScoredFact(double score, Fact fact) {}
