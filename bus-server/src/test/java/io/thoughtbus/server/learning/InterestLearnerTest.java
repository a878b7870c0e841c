package io.thoughtbus.server.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.OnnxModel;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class InterestLearnerTest {
    private static final Embedder embedder = Embedder.caching(Embedder.onnx(OnnxModel.packaged(), 2), 3_000);
    private static final Background background = new Background(embedder);
    private static final InterestLearner learner = new InterestLearner(background);

    private static final List<String> SERVING = List.of(
            "a user who serves in the military",
            "User 123 serves in the Military",
            "Corporal Diaz is stationed at the base in Ramstein",
            "she enlisted in the navy last month",
            "our member is an officer of the armed forces");
    private static final List<String> NOT_SERVING = List.of(
            "User 123 is not in the military",
            "user 8 used to be a soldier and left years ago",
            "the brother of user 9 is in the army",
            "user 4 is considering to join the navy",
            "military-style boots are on sale");

    @AfterAll
    static void close() {
        embedder.close();
    }

    @Test
    void wakesForWhatIsLikeTheExamplesAndNotForNeutralFacts() {
        Learned learned = learner.learn(new Teaching(embedder.embedAll(SERVING), List.of(), List.of(), List.of()));

        assertThat(wakes(learned, "Sergeant Okafor has been in the armed forces since May"))
                .isTrue();
        assertThat(wakes(learned, "the parcel was left with a neighbour")).isFalse();
    }

    @Test
    void lowersTheScoreOfWhatIsLikeTheCounterexamples() {
        String fact = "User 55 is not in the army";
        Learned without = learner.learn(new Teaching(embedder.embedAll(SERVING), List.of(), List.of(), List.of()));
        Learned with = learner.learn(
                new Teaching(embedder.embedAll(SERVING), embedder.embedAll(NOT_SERVING), List.of(), List.of()));

        assertThat(wakes(without, fact)).isTrue();
        assertThat(margin(with, fact)).isLessThan(margin(without, fact));
        assertThat(wakes(with, "User 55 serves in the army")).isTrue();
    }

    @Test
    void letsAtMostOneInTwoHundredBackgroundFactsWake() {
        Learned learned = learner.learn(new Teaching(
                embedder.embedAll(List.of("something happened", "a fact", "News.")), List.of(), List.of(), List.of()));

        assertThat(background.embeddings())
                .filteredOn(fact -> learned.direction().dot(fact) >= learned.threshold())
                .hasSizeLessThanOrEqualTo(background.embeddings().size() / 200);
    }

    @Test
    void turnsAwayFromTheFactsOfRivals() {
        List<Embedding> rivals = embedder.embedAll(List.of(
                "User 7 works for the police", "a policewoman of the night shift", "Officer Lee joined the police"));
        Learned without = learner.learn(new Teaching(embedder.embedAll(SERVING), List.of(), List.of(), List.of()));
        Learned with = learner.learn(new Teaching(embedder.embedAll(SERVING), List.of(), List.of(), rivals));

        assertThat(margin(with, "User 31 is a police officer"))
                .isLessThan(margin(without, "User 31 is a police officer"));
    }

    @Test
    void learnsTheSameFromTheSame() {
        Teaching teaching =
                new Teaching(embedder.embedAll(SERVING), embedder.embedAll(NOT_SERVING), List.of(), List.of());

        assertThat(learner.learn(teaching)).isEqualTo(learner.learn(teaching));
    }

    private static boolean wakes(Learned learned, String fact) {
        return margin(learned, fact) >= 0;
    }

    private static double margin(Learned learned, String fact) {
        return learned.direction().dot(embedder.embed(fact)) - learned.threshold();
    }
}
