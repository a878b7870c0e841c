package io.thoughtbus.embeddings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;

/** A unit vector that stands for a text: immutable, of length one within 1e-3, equal by content. */
public final class Embedding {
    private static final double UNIT_TOLERANCE = 1e-3;

    private final float[] values;

    private Embedding(float[] values) {
        this.values = values;
    }

    /**
     * The embedding with exactly these components.
     *
     * @param values a copy is taken
     * @throws IllegalArgumentException if a component is not finite or the length is not one within 1e-3
     */
    public static Embedding ofUnit(float[] values) {
        return checked(values.clone());
    }

    private static Embedding checked(float[] values) {
        double length = length(values);
        if (!(Math.abs(length - 1) <= UNIT_TOLERANCE)) {
            throw new IllegalArgumentException("an embedding must have length 1 but had " + length);
        }
        return new Embedding(values);
    }

    /**
     * The embedding that points where these components point.
     *
     * @throws IllegalArgumentException if a component is not finite or all are zero
     */
    public static Embedding normalized(float[] values) {
        double length = length(values);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new IllegalArgumentException("a vector of length " + length + " has no direction");
        }
        float[] unit = new float[values.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (values[i] / length);
        }
        return new Embedding(unit);
    }

    /**
     * The normalized mean of some embeddings, each counting alike.
     *
     * @throws IllegalArgumentException if there are none, their dimensions differ or they cancel out
     */
    public static Embedding mean(Collection<Embedding> embeddings) {
        int[] alike = new int[embeddings.size()];
        Arrays.fill(alike, 1);
        return weightedMean(embeddings, alike);
    }

    static Embedding weightedMean(Collection<Embedding> embeddings, int[] weights) {
        if (embeddings.isEmpty()) {
            throw new IllegalArgumentException("the mean of no embeddings is not defined");
        }
        double[] sum = new double[embeddings.iterator().next().dimension()];
        int next = 0;
        for (Embedding embedding : embeddings) {
            embedding.checkDimension(sum.length);
            int weight = weights[next++];
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (double) embedding.values[i] * weight;
            }
        }
        float[] direction = new float[sum.length];
        for (int i = 0; i < direction.length; i++) {
            direction[i] = (float) sum[i];
        }
        return normalized(direction);
    }

    /**
     * The embedding stored as little-endian FLOAT32.
     *
     * @throws IllegalArgumentException if the bytes are not a unit vector
     */
    public static Embedding fromBytes(byte[] littleEndian) {
        if (littleEndian.length % Float.BYTES != 0) {
            throw new IllegalArgumentException(littleEndian.length + " bytes are no whole number of FLOAT32");
        }
        float[] values = new float[littleEndian.length / Float.BYTES];
        ByteBuffer.wrap(littleEndian)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return checked(values);
    }

    /** The components as little-endian FLOAT32, four bytes each. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    /** How many components there are. */
    public int dimension() {
        return values.length;
    }

    /** A copy of the components. */
    public float[] toArray() {
        return values.clone();
    }

    /**
     * The inner product with another embedding, summed in double precision from the first component to the last, so
     * that it is the same to the bit wherever it is computed.
     *
     * @throws IllegalArgumentException if the dimensions differ
     */
    public double dot(Embedding other) {
        other.checkDimension(values.length);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (double) values[i] * other.values[i];
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Embedding[dimension=" + values.length + "]";
    }

    private void checkDimension(int expected) {
        if (values.length != expected) {
            throw new IllegalArgumentException("dimension " + values.length + " meets dimension " + expected);
        }
    }

    private static double length(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
