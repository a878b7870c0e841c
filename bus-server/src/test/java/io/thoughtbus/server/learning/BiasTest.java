package io.thoughtbus.server.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BiasTest {
    @Test
    void isTheLogOddsOfTheWeightsWhereNothingElseTellsThemApart() {
        Lessons lessons = new Lessons(1)
                .addVectors(List.of(new float[] {1}), true, 1)
                .addVectors(List.of(new float[] {1}), false, 3);

        assertThat(Bias.of(lessons, 2, new double[] {0, 0})).isCloseTo(Math.log(1 / 3.0), within(1e-9));
        assertThat(Bias.of(lessons, 2, new double[] {5, 0})).isCloseTo(Math.log(1 / 3.0) - 5, within(1e-9));
    }

    @Test
    void leavesOutWhatComesAfterTheFirst() {
        Lessons lessons = new Lessons(1)
                .addVectors(List.of(new float[] {1}), true, 1)
                .addVectors(List.of(new float[] {1}), false, 1)
                .addVectors(List.of(new float[] {1}), false, 100);

        assertThat(Bias.of(lessons, 2, new double[] {0, 0})).isCloseTo(0, within(1e-9));
    }
}
