package io.thoughtbus.server.interest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.HashingEmbedder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterestVectorsTest {
    private static final Embedding PLAIN = Embedding.ofUnit(new float[] {0.6f, -0.8f});

    @ParameterizedTest
    @CsvSource({"1, 16", "15, 16", "16, 32", "31, 32", "384, 400", "768, 784", "1024, 1040"})
    void haveRoomForTheThresholdAndFillBlocksOfSixteen(int embedding, int dimension) {
        assertThat(InterestVectors.dimension(embedding)).isEqualTo(dimension);
    }

    @Test
    void anInterestHasTheNegativeThresholdAsItsNextCoordinateAndZerosAfterIt() {
        float[] components = components(InterestVectors.interest(PLAIN, 0.45));

        assertThat(components).hasSize(16).startsWith(0.6f, -0.8f, -0.45f).endsWith(new float[13]);
    }

    @Test
    void aFactHasOneAsItsNextCoordinateAndZerosAfterIt() {
        float[] components = components(InterestVectors.fact(PLAIN));

        assertThat(components).hasSize(16).startsWith(0.6f, -0.8f, 1f).endsWith(new float[13]);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.1, 0, 0.45, 0.999_999, 1})
    void theInnerProductIsTheMargin(double threshold) {
        HashingEmbedder embedder = new HashingEmbedder();
        Embedding interest = embedder.embed("a parcel is late");
        Embedding fact = embedder.embed("the parcel of user 7 is two days late");

        double product = dot(InterestVectors.interest(interest, threshold), InterestVectors.fact(fact));

        assertThat(product).isCloseTo(interest.dot(fact) - threshold, within(1e-7));
    }

    @Test
    void theDirectionComesBackToTheBit() {
        Embedding direction = new HashingEmbedder(40).embed("a parcel is late");

        assertThat(InterestVectors.direction(InterestVectors.interest(direction, 0.3), 40))
                .isEqualTo(direction);
    }

    private static double dot(byte[] a, byte[] b) {
        float[] left = components(a);
        float[] right = components(b);
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }

    private static float[] components(byte[] littleEndian) {
        FloatBuffer floats =
                ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] components = new float[floats.remaining()];
        floats.get(components);
        return components;
    }
}
