package io.thoughtbus.benchmarks.quality;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Margins of facts with interests, and what becomes of them for each place of the line. */
final class Curve {
    private final List<Pair> pairs = new ArrayList<>();
    private final int outOfScope;
    private int wanted;

    Curve(int outOfScope) {
        this.outOfScope = outOfScope;
    }

    /**
     * Adds what an interest says about a fact.
     *
     * @param stranger which of the facts that should wake nobody it is, or -1
     */
    void add(double margin, boolean shouldWake, int stranger) {
        pairs.add(new Pair(margin, shouldWake, stranger));
        wanted += shouldWake ? 1 : 0;
    }

    /** The best F1 where at most this share of the strangers wakes anybody. */
    Point best(double mostStrangers) {
        pairs.sort(Comparator.comparingDouble(Pair::margin).reversed());
        Point best = new Point(0, 0, 0, 0);
        BitSet strangers = new BitSet(outOfScope);
        int right = 0;
        for (int woken = 0; woken < pairs.size(); woken++) {
            Pair next = pairs.get(woken);
            right += next.shouldWake ? 1 : 0;
            if (next.stranger >= 0) {
                strangers.set(next.stranger);
            }
            double share = (double) strangers.cardinality() / outOfScope;
            if (share > mostStrangers) {
                break;
            }
            Point point = point(right, woken + 1, share);
            best = point.f1 > best.f1 ? point : best;
        }
        return best;
    }

    /** The best F1 for each share of strangers that wakes anybody, from none to some. */
    List<Point> trace(double mostStrangers) {
        pairs.sort(Comparator.comparingDouble(Pair::margin).reversed());
        List<Point> trace = new ArrayList<>();
        BitSet strangers = new BitSet(outOfScope);
        Point best = new Point(0, 0, 0, 0);
        int right = 0;
        for (int woken = 0; woken < pairs.size(); woken++) {
            Pair next = pairs.get(woken);
            right += next.shouldWake ? 1 : 0;
            if (next.stranger >= 0 && !strangers.get(next.stranger)) {
                trace.add(best);
                strangers.set(next.stranger);
            }
            double share = (double) strangers.cardinality() / outOfScope;
            if (share > mostStrangers) {
                break;
            }
            Point point = point(right, woken + 1, share);
            best = point.f1 >= best.f1 ? point : new Point(best.f1, best.recall, best.precision, share);
        }
        return trace;
    }

    /** What the line gives where it is. */
    Point atTheLine() {
        int right = 0;
        int woken = 0;
        BitSet strangers = new BitSet(outOfScope);
        for (Pair pair : pairs) {
            if (pair.margin >= 0) {
                woken++;
                right += pair.shouldWake ? 1 : 0;
                if (pair.stranger >= 0) {
                    strangers.set(pair.stranger);
                }
            }
        }
        return point(right, woken, (double) strangers.cardinality() / outOfScope);
    }

    private Point point(int right, int woken, double strangers) {
        return new Point(
                2.0 * right / (wanted + woken),
                (double) right / wanted,
                (double) right / Math.max(1, woken),
                strangers);
    }

    private record Pair(double margin, boolean shouldWake, int stranger) {}

    /** F1 over all pairs together, recall, precision, and the share of strangers that wake anybody. */
    record Point(double f1, double recall, double precision, double strangers) {}
}
