package io.thoughtbus.server.learning;

/** The bias that suits some lessons best where the weights are given. */
final class Bias {
    private static final double FARTHEST = 100;
    private static final int HALVINGS = 60;

    private Bias() {}

    /**
     * Where the slope of the logistic loss over the first lessons is zero, found by bisection.
     *
     * @param first how many lessons count
     * @param line the weights; what comes after them is not looked at
     */
    static double of(Lessons lessons, int first, double[] line) {
        double[] scores = new double[first];
        for (int i = 0; i < first; i++) {
            scores[i] = Vectors.dot(lessons.fact(i), line);
        }
        double low = -FARTHEST;
        double high = FARTHEST;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double middle = (low + high) / 2;
            double slope = 0;
            for (int i = 0; i < first; i++) {
                double sign = lessons.sign(i);
                slope -= sign * lessons.weight(i) / (1 + Math.exp(sign * (scores[i] + middle)));
            }
            if (slope < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
