package io.thoughtbus.server.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.HashingEmbedder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnlabelledTest {
    private static final Embedder embedder = new HashingEmbedder(256);
    private static final Embedding PARCELS = embedder.embed("a parcel is late");
    private static final Embedding CATS = embedder.embed("a cat sleeps");

    @Test
    void takesForPositivesWhatNoOtherInterestHasABetterClaimTo() {
        Unlabelled history = new Unlabelled(facts("the parcel is late again", "the cat sleeps again", 100));

        Teaching teaching = history.teach(PARCELS, List.of(CATS));

        assertThat(teaching.positives()).containsExactly(PARCELS);
        assertThat(teaching.rivals()).containsExactly(CATS);
        assertThat(teaching.near()).hasSize(20).allMatch(fact -> fact.dot(PARCELS) > fact.dot(CATS));
        assertThat(teaching.far()).hasSize(180);
    }

    @Test
    void takesNothingWhereOthersHaveTheBetterClaimToAll() {
        Unlabelled history = new Unlabelled(facts("the cat sleeps", "a cat sleeps again", 5));

        Teaching teaching = history.teach(PARCELS, List.of(CATS, PARCELS));

        assertThat(teaching.near()).isEmpty();
        assertThat(teaching.far()).hasSize(10);
    }

    @Test
    void teachesTheSameFromTheSameFacts() {
        Unlabelled history = new Unlabelled(facts("the parcel is late", "the cat sleeps", 50));

        assertThat(history.teach(PARCELS, List.of(CATS))).isEqualTo(history.teach(PARCELS, List.of(CATS)));
    }

    private static List<Embedding> facts(String one, String other, int each) {
        return IntStream.range(0, each)
                .boxed()
                .flatMap(i -> Stream.of(one + " " + i, other + " " + i))
                .map(embedder::embed)
                .toList();
    }
}
