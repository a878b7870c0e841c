package io.thoughtbus.protocol;

/**
 * How well an interest tells facts like its examples from facts like its counterexamples, by cross-validation: each was
 * judged by what had been learned without it.
 *
 * @param recall the share of the examples that wake
 * @param recallAtLeast the lower end of its 95 % confidence interval (Wilson 1927)
 * @param precision the share of examples among all examples, counterexamples and nearest other interests' examples that
 *     wake
 * @param precisionAtLeast the lower end of its 95 % confidence interval
 * @param backgroundWakes the share of neutral facts that wakes
 */
public record Expectation(
        double recall, double recallAtLeast, double precision, double precisionAtLeast, double backgroundWakes) {}
