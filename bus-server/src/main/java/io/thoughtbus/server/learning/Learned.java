package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedding;

/**
 * An interest as it was learned.
 *
 * @param direction the unit vector whose inner product with a fact's embedding is the score
 * @param threshold the lowest score that wakes, -1 to 1
 * @param steepness by how much the log-odds of waking rightly rise for a score higher by one; above 0
 */
public record Learned(Embedding direction, double threshold, double steepness) {
    /** Whether a fact wakes. */
    public boolean wakes(Embedding fact) {
        return direction.dot(fact) >= threshold;
    }
}
