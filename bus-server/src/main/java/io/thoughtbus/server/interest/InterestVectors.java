package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Interests and facts as the vectors that RediSearch compares. The threshold is a coordinate: an interest is
 * {@code [w; -t; 0…]} and a fact asks with {@code [x; 1; 0…]}, so that their inner product is the margin
 * {@code w·x - t}. Padded to a multiple of 16 components, which are FLOAT32 and little-endian.
 */
final class InterestVectors {
    private static final int BLOCK = 16;

    private InterestVectors() {}

    /** How many components such vectors have for embeddings of this dimension. */
    static int dimension(int embedding) {
        return (embedding + 1 + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** The vector that stands for an interest. */
    static byte[] interest(Embedding direction, double threshold) {
        return padded(direction, (float) -threshold);
    }

    /** The vector that a fact asks with. */
    static byte[] fact(Embedding fact) {
        return padded(fact, 1);
    }

    /** The vector that asks for directions, whatever their thresholds. */
    static byte[] direction(Embedding direction) {
        return padded(direction, 0);
    }

    /** The direction in a vector that stands for an interest. */
    static Embedding direction(byte[] interest, int embedding) {
        return Embedding.fromBytes(Arrays.copyOf(interest, embedding * Float.BYTES));
    }

    private static byte[] padded(Embedding embedding, float coordinate) {
        ByteBuffer bytes = ByteBuffer.allocate(dimension(embedding.dimension()) * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(embedding.toBytes()).putFloat(coordinate);
        return bytes.array();
    }
}
