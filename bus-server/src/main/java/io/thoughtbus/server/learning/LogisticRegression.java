package io.thoughtbus.server.learning;

/**
 * The line between facts that should wake and facts that should not: the weights {@code w} and the bias {@code b} that
 * make {@code Σ c·log(1 + exp(-y(w·x + b))) + λ/2·|w|²} smallest, where {@code y} is 1 or -1 and {@code c} says how much a
 * fact counts. The bias is free. Found by L-BFGS with backtracking (Nocedal and Wright, Numerical Optimization, second
 * edition, algorithms 7.4 and 3.1), which is the same for the same lessons in the same order.
 */
final class LogisticRegression {
    private static final int MOST_STEPS = 200;
    private static final double STEEP_ENOUGH = 1e-4;
    private static final int MOST_HALVINGS = 30;

    private final Lessons lessons;
    private final double regularisation;
    private final double flat;

    private LogisticRegression(Lessons lessons, double regularisation, double flat) {
        this.lessons = lessons;
        this.regularisation = regularisation;
        this.flat = flat;
    }

    /**
     * The weights, and after them the bias.
     *
     * @param regularisation λ, above 0
     * @param flat the length of the gradient at which the search ends
     */
    static double[] fit(Lessons lessons, double regularisation, double flat) {
        return new LogisticRegression(lessons, regularisation, flat).descend();
    }

    private double[] descend() {
        double[] at = new double[lessons.dimension() + 1];
        double[] gradient = new double[at.length];
        double loss = loss(at, gradient);
        Curvature curvature = new Curvature();
        for (int step = 0; step < MOST_STEPS && Vectors.length(gradient) > flat; step++) {
            double[] direction = curvature.downhill(gradient);
            double slope = Vectors.dot(direction, gradient);
            double[] next = new double[at.length];
            double[] nextGradient = new double[at.length];
            double length = step == 0 ? Math.min(1, 1 / Vectors.length(gradient)) : 1;
            double nextLoss = loss(Vectors.sum(at, length, direction, next), nextGradient);
            for (int i = 0; i < MOST_HALVINGS && nextLoss > loss + STEEP_ENOUGH * length * slope; i++) {
                length /= 2;
                nextLoss = loss(Vectors.sum(at, length, direction, next), nextGradient);
            }
            if (nextLoss >= loss) {
                return at;
            }
            curvature.learn(at, next, gradient, nextGradient);
            at = next;
            gradient = nextGradient;
            loss = nextLoss;
        }
        return at;
    }

    /** The loss at a point, and its gradient there. */
    private double loss(double[] at, double[] gradient) {
        int bias = lessons.dimension();
        double loss = 0;
        for (int j = 0; j < bias; j++) {
            loss += regularisation / 2 * at[j] * at[j];
            gradient[j] = regularisation * at[j];
        }
        gradient[bias] = 0;
        for (int i = 0; i < lessons.size(); i++) {
            float[] fact = lessons.fact(i);
            double sign = lessons.sign(i);
            double weight = lessons.weight(i);
            double margin = sign * (Vectors.dot(fact, at) + at[bias]);
            loss += weight * (margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin);
            double pull = -sign * weight / (1 + Math.exp(margin));
            Vectors.add(pull, fact, gradient);
            gradient[bias] += pull;
        }
        return loss;
    }
}
