package io.thoughtbus.server.replay;

import io.thoughtbus.embeddings.Embedding;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.IntConsumer;

/**
 * Finds, among many directions each with a threshold, those that a fact may reach. The scores are summed in single
 * precision, all directions at a time, and a direction is left out only if the error of that cannot matter; so whoever
 * decides what is found exactly decides as if he had decided all.
 */
final class Sieve {
    /** How far rounding can move one operation on FLOAT32. */
    private static final double ROUNDING = 0x1p-24;

    /** The product of the lengths of two embeddings, each one within 1e-3. */
    private static final double LONGEST = 1.003;

    private static final int AT_LEAST = 64;

    private final double error;
    private final float[][] components;
    private final Deque<Integer> free = new ArrayDeque<>();
    private float[] scores = new float[0];
    private double[] bounds = new double[0];
    private int slots;

    Sieve(int dimension) {
        this.components = new float[dimension][0];
        double rounded = (dimension + 2) * ROUNDING;
        this.error = rounded / (1 - rounded) * LONGEST;
    }

    /** Adds a direction; its slot. */
    int add(Embedding direction, double threshold) {
        int slot = free.isEmpty() ? slots++ : free.pop();
        if (slot >= bounds.length) {
            grow(Math.max(AT_LEAST, bounds.length * 2));
        }
        float[] values = direction.toArray();
        for (int i = 0; i < components.length; i++) {
            components[i][slot] = values[i];
        }
        bounds[slot] = threshold - error;
        return slot;
    }

    /** Takes a direction out. */
    void remove(int slot) {
        bounds[slot] = Double.POSITIVE_INFINITY;
        free.push(slot);
    }

    /** Hands over the slots of all directions that the fact reaches, and maybe of some that it nearly reaches. */
    void reached(Embedding fact, IntConsumer found) {
        float[] values = fact.toArray();
        Arrays.fill(scores, 0, slots, 0);
        int whole = components.length / 4 * 4;
        for (int i = 0; i < whole; i += 4) {
            add(i, values);
        }
        for (int i = whole; i < components.length; i++) {
            float value = values[i];
            float[] component = components[i];
            for (int slot = 0; slot < slots; slot++) {
                scores[slot] += value * component[slot];
            }
        }
        for (int slot = 0; slot < slots; slot++) {
            if (scores[slot] >= bounds[slot]) {
                found.accept(slot);
            }
        }
    }

    /** Four components at a time, in a form that the compiler turns into vector instructions. */
    private void add(int from, float[] values) {
        float a = values[from];
        float b = values[from + 1];
        float c = values[from + 2];
        float d = values[from + 3];
        float[] as = components[from];
        float[] bs = components[from + 1];
        float[] cs = components[from + 2];
        float[] ds = components[from + 3];
        float[] sums = scores;
        for (int slot = 0; slot < slots; slot++) {
            sums[slot] += (a * as[slot] + b * bs[slot]) + (c * cs[slot] + d * ds[slot]);
        }
    }

    private void grow(int size) {
        scores = new float[size];
        bounds = Arrays.copyOf(bounds, size);
        for (int i = 0; i < components.length; i++) {
            components[i] = Arrays.copyOf(components[i], size);
        }
    }
}
