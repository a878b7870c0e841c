package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedding;

/**
 * A line between facts, as a direction.
 *
 * @param direction the unit vector whose inner product with a fact's embedding is the score
 * @param even the score at which waking and not waking are equally likely
 * @param steepness by how much the log-odds of waking rise for a score higher by one; above 0
 */
record Line(Embedding direction, double even, double steepness) {
    /** The line with these weights, which the bias follows. */
    static Line of(double[] weightsAndBias) {
        int dimension = weightsAndBias.length - 1;
        double squares = 0;
        float[] weights = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            weights[i] = (float) weightsAndBias[i];
            squares += weightsAndBias[i] * weightsAndBias[i];
        }
        double steepness = Math.sqrt(squares);
        return new Line(Embedding.normalized(weights), -weightsAndBias[dimension] / steepness, steepness);
    }

    double logOdds(Embedding fact) {
        return steepness * (direction.dot(fact) - even);
    }
}
