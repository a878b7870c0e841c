package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a direction is learned from: groups of facts of one answer each, and how much each group counts. */
final class Lessons {
    private final List<float[]> facts = new ArrayList<>();
    private final List<Double> signedWeights = new ArrayList<>();
    private final int dimension;

    Lessons(int dimension) {
        this.dimension = dimension;
    }

    /**
     * Adds facts of the same answer.
     *
     * @param wakes whether they should wake
     * @param weight how much they count together, each the same share; above 0 unless there are none
     */
    Lessons add(Collection<Embedding> group, boolean wakes, double weight) {
        return addVectors(group.stream().map(Embedding::toArray).toList(), wakes, weight);
    }

    /** Adds facts of the same answer by their components, which are not copied. */
    Lessons addVectors(Collection<float[]> group, boolean wakes, double weight) {
        double each = (wakes ? 1 : -1) * weight / group.size();
        for (float[] fact : group) {
            facts.add(fact);
            signedWeights.add(each);
        }
        return this;
    }

    int size() {
        return facts.size();
    }

    int dimension() {
        return dimension;
    }

    /** The components of one fact; not to be changed. */
    float[] fact(int number) {
        return facts.get(number);
    }

    /** 1 for a fact that should wake, else -1. */
    double sign(int number) {
        return Math.signum(signedWeights.get(number));
    }

    /** How much one fact counts. */
    double weight(int number) {
        return Math.abs(signedWeights.get(number));
    }
}
