package io.thoughtbus.server.learning;

import java.util.List;

/** A line between two groups of vectors, each group counting as a whole. */
public final class Separation {
    private static final double FLAT = 1e-4;

    private Separation() {}

    /** Its weights, and after them its bias; positive on the side of the first group. */
    public static double[] of(List<float[]> these, List<float[]> those, double regularisation) {
        Lessons lessons =
                new Lessons(these.get(0).length).addVectors(these, true, 1).addVectors(those, false, 1);
        return LogisticRegression.fit(lessons, regularisation, FLAT);
    }
}
