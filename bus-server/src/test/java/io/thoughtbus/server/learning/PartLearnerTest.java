package io.thoughtbus.server.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.protocol.Aim;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartLearnerTest {
    private static final HashingEmbedder EMBEDDER = new HashingEmbedder();
    private static final Background BACKGROUND = new Background(EMBEDDER);
    private static final PartLearner LEARNER = new PartLearner(new InterestLearner(BACKGROUND), BACKGROUND);
    private static final List<String> WORDS = List.of("monday", "tuesday", "wednesday", "thursday", "friday", "may");
    private static final List<Embedding> RED_APPLES = said("red crimson scarlet apple fruit orchard", WORDS);
    private static final List<Embedding> GREEN_BOATS = said("green lime olive boat sail harbour", WORDS);
    private static final List<Embedding> OTHERS = both(
            said("red crimson scarlet boat sail harbour", WORDS), said("green lime olive apple fruit orchard", WORDS));

    @Test
    void mattersThatNoLineTellsFromWhatLiesBetweenThemBecomeParts() {
        List<LearnedCluster> parts = LEARNER.learn(taught(both(RED_APPLES, GREEN_BOATS), OTHERS), null);

        assertThat(parts)
                .extracting(LearnedCluster::members)
                .containsExactly(List.of(0, 1, 2, 3, 4, 5), List.of(6, 7, 8, 9, 10, 11));
        assertThat(both(RED_APPLES, GREEN_BOATS)).allMatch(fact -> wakes(parts, fact));
        assertThat(OTHERS).noneMatch(fact -> wakes(parts, fact));
    }

    @Test
    void oneMatterStaysOnePart() {
        List<LearnedCluster> parts = LEARNER.learn(taught(RED_APPLES, OTHERS), null);

        assertThat(parts).singleElement().satisfies(part -> {
            assertThat(part.members()).isEmpty();
            assertThat(part.learned()).isEqualTo(new InterestLearner(BACKGROUND).learn(taught(RED_APPLES, OTHERS)));
        });
    }

    @Test
    void mattersThatOneVectorTellsFromEverythingElseStayOnePart() {
        assertThat(LEARNER.learn(taught(both(RED_APPLES, GREEN_BOATS), List.of()), null))
                .hasSize(1);
    }

    @Test
    void fewExamplesStayOnePart() {
        List<Embedding> few = both(RED_APPLES.subList(0, 2), GREEN_BOATS.subList(0, 3));

        assertThat(LEARNER.learn(taught(few, OTHERS), null)).hasSize(1);
    }

    @Test
    void theShareOfTheBackgroundThatMayWakeIsThatOfAllPartsTogether() {
        for (double share : new double[] {0.001, 0.01, 0.1}) {
            List<LearnedCluster> parts = LEARNER.learn(taught(both(RED_APPLES, GREEN_BOATS), OTHERS), Aim.share(share));

            assertThat(parts).hasSize(2);
            int most = (int) (BACKGROUND.embeddings().size() * share);
            assertThat(BACKGROUND.embeddings())
                    .filteredOn(fact -> wakes(parts, fact))
                    .hasSize(most);
        }
    }

    @Test
    void whoWantsPrecisionHasHigherThresholdsAndWhoWantsRecallHasLowerOnes() {
        Teaching teaching = taught(both(RED_APPLES, GREEN_BOATS), OTHERS);

        List<LearnedCluster> usual = LEARNER.learn(teaching, null);
        List<LearnedCluster> precise = LEARNER.learn(teaching, Aim.PRECISION);
        List<LearnedCluster> lax = LEARNER.learn(teaching, Aim.RECALL);

        for (int i = 0; i < usual.size(); i++) {
            double threshold = usual.get(i).learned().threshold();
            assertThat(precise.get(i).learned().threshold()).isGreaterThan(threshold);
            assertThat(lax.get(i).learned().threshold()).isLessThan(threshold);
        }
    }

    @Test
    void theSameTeachingGivesTheSameParts() {
        Teaching teaching = taught(both(RED_APPLES, GREEN_BOATS), OTHERS);

        assertThat(LEARNER.learn(teaching, null)).isEqualTo(LEARNER.learn(teaching, null));
    }

    private static boolean wakes(List<LearnedCluster> parts, Embedding fact) {
        return parts.stream().anyMatch(part -> part.learned().wakes(fact));
    }

    private static Teaching taught(List<Embedding> positives, List<Embedding> counterexamples) {
        return new Teaching(positives, counterexamples, List.of(), List.of());
    }

    private static List<Embedding> said(String matter, List<String> words) {
        return EMBEDDER.embedAll(words.stream().map(word -> matter + " " + word).toList());
    }

    private static List<Embedding> both(List<Embedding> some, List<Embedding> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
