package io.thoughtbus.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachingEmbedderTest {
    private final List<String> embedded = new ArrayList<>();
    private final Embedder embedder = Embedder.caching(new RecordingEmbedder(), 2);

    @Test
    void embedsATextOnce() {
        Embedding first = embedder.embed("a fact");

        assertThat(embedder.embed("a fact")).isSameAs(first);
        assertThat(embedded).containsExactly("a fact");
    }

    @Test
    void forgetsTheTextUsedLongestAgo() {
        embedder.embed("one");
        embedder.embed("two");
        embedder.embed("one");
        embedder.embed("three");

        embedder.embed("one");
        embedder.embed("two");

        assertThat(embedded).containsExactly("one", "two", "three", "two");
    }

    @Test
    void answersABatchInItsOrderAndEmbedsEachUnknownTextOnce() {
        embedder.embed("known");

        List<Embedding> batch = embedder.embedAll(List.of("new", "known", "new"));

        assertThat(batch).containsExactly(embedder.embed("new"), embedder.embed("known"), embedder.embed("new"));
        assertThat(embedded).containsExactly("known", "new");
    }

    @Test
    void doesNotKeepLongTexts() {
        embedder.embed("x".repeat(1025));
        embedder.embed("x".repeat(1025));

        assertThat(embedded).hasSize(2);
    }

    private final class RecordingEmbedder implements Embedder {
        private final Embedder hashing = new HashingEmbedder(8);

        @Override
        public Embedding embed(String text) {
            embedded.add(text);
            return hashing.embed(text);
        }

        @Override
        public ModelId modelId() {
            return hashing.modelId();
        }

        @Override
        public int dimension() {
            return hashing.dimension();
        }

        @Override
        public void close() {}
    }
}
