package io.thoughtbus.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedEmbedderTest {
    private static final int MOST_CALLS = 3;
    private static final int MOST_TEXTS = 10;

    private final SlowEmbedder slow = new SlowEmbedder();
    private final Embedder embedder = Embedder.bounded(slow, MOST_CALLS, MOST_TEXTS);

    @AfterEach
    void hurry() {
        slow.go.countDown();
    }

    @Test
    void turnsACallAwayWhileAsManyWaitAsMay() throws InterruptedException {
        List<CompletableFuture<?>> waiting = List.of(start(1), start(1), start(1));
        slow.entered.await();

        assertThatExceptionOfType(EmbedderBusyException.class).isThrownBy(() -> embedder.embed("one more"));

        slow.go.countDown();
        waiting.forEach(CompletableFuture::join);
        assertThat(embedder.embed("one more").dimension()).isEqualTo(slow.dimension());
    }

    @Test
    void turnsABatchAwayThatWouldMakeTooManyTextsWait() throws InterruptedException {
        CompletableFuture<?> waiting = start(MOST_TEXTS - 1);
        slow.awaitOne();

        assertThatExceptionOfType(EmbedderBusyException.class).isThrownBy(() -> embedder.embedAll(texts(2)));
        CompletableFuture<?> last = start(1);

        slow.go.countDown();
        waiting.join();
        last.join();
    }

    @Test
    void takesABatchOfAnySizeWhenNobodyWaits() {
        slow.go.countDown();

        assertThat(embedder.embedAll(texts(5 * MOST_TEXTS))).hasSize(5 * MOST_TEXTS);
        assertThat(embedder.embedAll(texts(5 * MOST_TEXTS))).hasSize(5 * MOST_TEXTS);
    }

    @Test
    void asksForNothingWhenThereIsNothingToEmbed() throws InterruptedException {
        CompletableFuture<?> waiting = start(MOST_TEXTS);
        slow.awaitOne();

        assertThat(embedder.embedAll(List.of())).isEmpty();

        slow.go.countDown();
        waiting.join();
    }

    private CompletableFuture<?> start(int count) {
        return CompletableFuture.runAsync(() -> embedder.embedAll(texts(count)), task -> new Thread(task).start());
    }

    private static List<String> texts(int count) {
        return Collections.nCopies(count, "a fact");
    }

    /** Embeds once it is told to. */
    private static final class SlowEmbedder implements Embedder {
        private final HashingEmbedder embedder = new HashingEmbedder();
        private final CountDownLatch entered = new CountDownLatch(MOST_CALLS);
        private final CountDownLatch one = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);

        void awaitOne() throws InterruptedException {
            one.await();
        }

        @Override
        public Embedding embed(String text) {
            return embedAll(List.of(text)).get(0);
        }

        @Override
        public List<Embedding> embedAll(List<String> texts) {
            entered.countDown();
            one.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return embedder.embedAll(texts);
        }

        @Override
        public ModelId modelId() {
            return embedder.modelId();
        }

        @Override
        public int dimension() {
            return embedder.dimension();
        }

        @Override
        public void close() {
            embedder.close();
        }
    }
}
