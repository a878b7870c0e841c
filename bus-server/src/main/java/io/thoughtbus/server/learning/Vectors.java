package io.thoughtbus.server.learning;

/** Sums over vectors, always in the same order. */
final class Vectors {
    private Vectors() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The inner product with the first components of a longer vector, summed in four strands. */
    static double dot(float[] fact, double[] longer) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int whole = fact.length - fact.length % 4;
        for (int i = 0; i < whole; i += 4) {
            first += fact[i] * longer[i];
            second += fact[i + 1] * longer[i + 1];
            third += fact[i + 2] * longer[i + 2];
            fourth += fact[i + 3] * longer[i + 3];
        }
        for (int i = whole; i < fact.length; i++) {
            first += fact[i] * longer[i];
        }
        return first + second + (third + fourth);
    }

    static double length(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    /** Adds a multiple of a fact to the first components of a longer vector. */
    static void add(double factor, float[] fact, double[] longer) {
        for (int i = 0; i < fact.length; i++) {
            longer[i] += factor * fact[i];
        }
    }

    /** Puts {@code a + factor·b} into a vector, which may be one of the two. */
    static double[] sum(double[] a, double factor, double[] b, double[] into) {
        for (int i = 0; i < a.length; i++) {
            into[i] = a[i] + factor * b[i];
        }
        return into;
    }
}
