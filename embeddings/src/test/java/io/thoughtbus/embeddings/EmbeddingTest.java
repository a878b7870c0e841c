package io.thoughtbus.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingTest {

    @Test
    void hasLengthOneWhateverItWasMadeFrom() {
        Embedding embedding = Embedding.normalized(new float[] {3, 4});

        assertThat(embedding.toArray()).containsExactly(0.6f, 0.8f);
        assertThat(embedding.dot(embedding)).isCloseTo(1, within(1e-7));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 0})
    void refusesAVectorWithoutDirection(float component) {
        assertThatThrownBy(() -> Embedding.normalized(new float[] {component, 0}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Embedding.ofUnit(new float[] {component, 0}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAVectorThatIsNotOfLengthOne() {
        assertThatThrownBy(() -> Embedding.ofUnit(new float[] {3, 4})).hasMessageContaining("length 1 but had 5.0");
    }

    @Test
    void survivesTheWayThroughBytesToTheBit() {
        Embedding embedding = Embedding.normalized(new float[] {0.1f, -0.7f, 1e-20f});

        assertThat(Embedding.fromBytes(embedding.toBytes())).isEqualTo(embedding);
    }

    @Test
    void storesTheLowByteFirst() {
        assertThat(Embedding.ofUnit(new float[] {1}).toBytes()).containsExactly(0, 0, 0x80, 0x3f);
    }

    @Test
    void refusesBytesThatAreNoFloats() {
        assertThatThrownBy(() -> Embedding.fromBytes(new byte[5])).hasMessageContaining("5 bytes");
    }

    @Test
    void isTheDirectionBetweenItsParts() {
        Embedding mean =
                Embedding.mean(List.of(Embedding.ofUnit(new float[] {1, 0}), Embedding.ofUnit(new float[] {0, 1})));

        assertThat(mean.dot(Embedding.ofUnit(new float[] {1, 0}))).isCloseTo(Math.sqrt(0.5), within(1e-7));
    }

    @Test
    void hasNoMeanOfOpposites() {
        var opposites = List.of(Embedding.ofUnit(new float[] {1, 0}), Embedding.ofUnit(new float[] {-1, 0}));

        assertThatThrownBy(() -> Embedding.mean(opposites)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToBeComparedAcrossDimensions() {
        Embedding two = Embedding.ofUnit(new float[] {1, 0});
        Embedding three = Embedding.ofUnit(new float[] {1, 0, 0});

        assertThatThrownBy(() -> two.dot(three)).hasMessageContaining("dimension 3 meets dimension 2");
    }
}
