package io.thoughtbus.server.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.embeddings.OnnxModel;
import io.thoughtbus.protocol.Qualification;
import io.thoughtbus.protocol.Qualifier;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final Set<Qualifier> ALL = EnumSet.allOf(Qualifier.class);
    private static final Embedder embedder = Embedder.onnx(OnnxModel.packaged(), 1);

    private final Guard guard = new Guard(embedder);

    @AfterAll
    static void close() {
        embedder.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User 123 serves in the Military",
                "Corporal Diaz is stationed at Fort Bragg",
                "The machine in hall 3 is overheating",
                "parcel 7 is three days late",
                "she enlisted in the navy last month",
                "customer 8 asked for a refund",
                "The meeting was moved to Thursday",
            })
    void letsAssertionsPass(String text) {
        assertThat(stop(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "User 480 is not in the military, NEGATED",
        "User 7 has never served in the army, NEGATED",
        "Nobody in this house is a soldier, NEGATED",
        "User 12 is thinking about joining the navy, HYPOTHETICAL",
        "Would user 9 get the soldiers' discount?, HYPOTHETICAL",
        "If user 9 enlists we give a discount, HYPOTHETICAL",
        "User 31 used to be a soldier, PAST",
        "User 8 is a former marine, PAST",
        "The neighbour of user 5 is in the army, SOMEBODY_ELSE",
        "A character in the novel serves in the military, SOMEBODY_ELSE",
    })
    void stopsWhatOnlySpeaksOfTheMatter(String text, Qualifier qualifier) {
        assertThat(stop(text)).contains(qualifier);
    }

    @Test
    void doesNotStopWhatTheInterestItselfIsIn() {
        Set<Qualifier> minded = minded("a driver who is not insured");

        assertThat(minded).doesNotContain(Qualifier.NEGATED).contains(Qualifier.PAST);
        assertThat(read("driver 6 is not insured").stop(minded)).isEmpty();
        assertThat(read("driver 6 used to have no insurance").stop(minded)).contains(Qualifier.PAST);
    }

    @Test
    void doesNotStopWhatManyExamplesAreIn() {
        assertThat(minded(
                        "customers about to leave",
                        "I might cancel soon",
                        "He is thinking of leaving us",
                        "She may not renew"))
                .doesNotContain(Qualifier.HYPOTHETICAL);
    }

    @Test
    void letsTextsPassThatAreLongerThanASentence() {
        assertThat(stop("User 480 is not in the military. ".repeat(20))).isEmpty();
    }

    @Test
    void knowsTheWordsAloneIfItWasNotTrainedWithTheModel() {
        try (Embedder other = new HashingEmbedder()) {
            Guard words = new Guard(other);
            String denied = "User 480 is not in the military";
            String asserted = "User 123 serves in the military";

            assertThat(words.read(denied, other.embed(denied)).stop(ALL)).contains(Qualifier.NEGATED);
            assertThat(words.read(asserted, other.embed(asserted)).stop(ALL)).isEmpty();
        }
    }

    @Test
    void tellsHowClearlyAFactReads() {
        Reading reading = read("User 480 is not in the military");

        assertThat(reading.qualifications(ALL))
                .extracting(Qualification::qualifier)
                .containsExactly(Qualifier.values());
        assertThat(reading.qualifications(Set.of(Qualifier.NEGATED)))
                .singleElement()
                .satisfies(negated -> {
                    assertThat(negated.stops()).isTrue();
                    assertThat(negated.logOdds()).isGreaterThan(negated.limit());
                });
    }

    private Optional<Qualifier> stop(String text) {
        return read(text).stop(ALL);
    }

    private Set<Qualifier> minded(String... positives) {
        return Guard.minded(Arrays.stream(positives).map(this::read).toList());
    }

    private Reading read(String text) {
        return guard.read(text, embedder.embed(text));
    }
}
