package io.thoughtbus.protocol;

/**
 * Another subscription that is in something similar.
 *
 * @param likeness the cosine of the two interests' vectors; 0.95 and more is as good as the same
 */
public record Neighbour(String subscription, double likeness) {}
