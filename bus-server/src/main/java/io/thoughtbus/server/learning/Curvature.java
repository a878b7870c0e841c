package io.thoughtbus.server.learning;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** What the last steps of a descent tell about the curvature, as L-BFGS uses it (Nocedal and Wright, algorithm 7.4). */
final class Curvature {
    private static final int STEPS_KEPT = 10;
    private static final double LEAST = 1e-12;

    private final Deque<Step> steps = new ArrayDeque<>();

    /** Takes note of a step. */
    void learn(double[] from, double[] to, double[] gradientFrom, double[] gradientTo) {
        double[] way = Vectors.sum(to, -1, from, new double[to.length]);
        double[] turn = Vectors.sum(gradientTo, -1, gradientFrom, new double[to.length]);
        double curved = Vectors.dot(way, turn);
        if (curved <= LEAST * Vectors.dot(turn, turn)) {
            return;
        }
        if (steps.size() == STEPS_KEPT) {
            steps.removeFirst();
        }
        steps.addLast(new Step(way, turn, curved));
    }

    /** The way down from where the gradient is this. */
    double[] downhill(double[] gradient) {
        double[] way = Vectors.sum(new double[gradient.length], -1, gradient, new double[gradient.length]);
        double[] shares = new double[steps.size()];
        int next = shares.length;
        for (Iterator<Step> latestFirst = steps.descendingIterator(); latestFirst.hasNext(); ) {
            Step step = latestFirst.next();
            shares[--next] = Vectors.dot(step.way, way) / step.curved;
            Vectors.sum(way, -shares[next], step.turn, way);
        }
        if (!steps.isEmpty()) {
            Step latest = steps.getLast();
            double scale = latest.curved / Vectors.dot(latest.turn, latest.turn);
            for (int i = 0; i < way.length; i++) {
                way[i] *= scale;
            }
        }
        for (Step step : steps) {
            double share = Vectors.dot(step.turn, way) / step.curved;
            Vectors.sum(way, shares[next++] - share, step.way, way);
        }
        return way;
    }

    private static final class Step {
        private final double[] way;
        private final double[] turn;
        private final double curved;

        Step(double[] way, double[] turn, double curved) {
            this.way = way;
            this.turn = turn;
            this.curved = curved;
        }
    }
}
