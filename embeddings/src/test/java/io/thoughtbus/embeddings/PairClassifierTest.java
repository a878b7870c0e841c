package io.thoughtbus.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairClassifierTest {
    private static final String LATE = "the parcel is late";
    private static final String REFUNDED = "the parcel was refunded";

    @Test
    void oneLogitBecomesItsLogisticFunction() {
        try (PairClassifier classifier = open(PairModels.oneLogit(), null)) {
            assertThat(classifier.probability(LATE, LATE)).isCloseTo(logistic(4), within(1e-6));
            assertThat(classifier.probability(LATE, REFUNDED)).isCloseTo(logistic(0), within(1e-6));
            assertThat(classifier.probability("it rains in spain", LATE)).isLessThan(0.1);
        }
    }

    @Test
    void ofSeveralLabelsTheGivenColumnIsTheAnswer() {
        Path model = PairModels.threeLabels();
        try (PairClassifier entails = open(model, 1);
                PairClassifier contradicts = open(model, 0)) {
            assertThat(entails.probability(LATE, LATE)).isCloseTo(logistic(8), within(1e-6));
            assertThat(contradicts.probability(LATE, LATE)).isCloseTo(logistic(-8), within(1e-6));
        }
    }

    @Test
    void theOrderOfTheTwoTextsMatters() {
        try (PairClassifier classifier = open(PairModels.oneLogit(), null)) {
            String longer = LATE + " and it was refunded again";

            assertThat(classifier.probability(longer, LATE)).isGreaterThan(classifier.probability(LATE, longer));
        }
    }

    @Test
    void aPairThatIsLongerThanTheWindowIsRead() {
        try (PairClassifier classifier = open(PairModels.oneLogit(), null)) {
            assertThat(classifier.probability(LATE + " parcel".repeat(2_000), LATE))
                    .isCloseTo(logistic(4), within(1e-6));
        }
    }

    @Test
    void answersTheSameToManyAtTheSameTime() {
        try (PairClassifier classifier = open(PairModels.oneLogit(), null)) {
            double alone = classifier.probability(LATE, REFUNDED);

            assertThat(IntStream.range(0, 64).parallel().mapToObj(i -> classifier.probability(LATE, REFUNDED)))
                    .allMatch(together -> together == alone);
        }
    }

    @Test
    void namesItsModelByTheDigestOfBothFiles() {
        try (PairClassifier one = open(PairModels.oneLogit(), null);
                PairClassifier same = open(PairModels.oneLogit(), null);
                PairClassifier other = open(PairModels.threeLabels(), 1)) {
            assertThat(one.modelId()).isEqualTo(same.modelId()).isNotEqualTo(other.modelId());
            assertThat(one.modelId().name()).isEqualTo("pairs");
        }
    }

    @Test
    void refusesAColumnThatIsNoneOfTheModels() {
        Path three = PairModels.threeLabels();
        Path one = PairModels.oneLogit();

        for (Integer column : List.of(-1, 3)) {
            assertThatThrownBy(() -> open(three, column))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be within [0, 2]");
        }
        assertThatThrownBy(() -> open(three, null)).hasMessageContaining("but was absent");
        assertThatThrownBy(() -> open(one, 0)).hasMessageContaining("must be absent");
    }

    @Test
    void refusesFilesThatAreNoPairModel(@TempDir Path directory) throws IOException {
        Files.copy(PairModels.oneLogit().resolve("tokenizer.json"), directory.resolve("tokenizer.json"));
        assertThatThrownBy(() -> open(directory, null))
                .isInstanceOf(EmbeddingException.class)
                .hasMessageContaining("cannot be read");

        Files.writeString(directory.resolve("model.onnx"), "no model");

        assertThatThrownBy(() -> open(directory, null))
                .isInstanceOf(EmbeddingException.class)
                .hasMessageContaining("does not load");
    }

    private static PairClassifier open(Path directory, @Nullable Integer entailment) {
        return PairClassifier.open(
                "pairs", directory.resolve("model.onnx"), directory.resolve("tokenizer.json"), entailment);
    }

    private static double logistic(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
