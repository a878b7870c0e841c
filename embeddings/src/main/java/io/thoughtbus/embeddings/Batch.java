package io.thoughtbus.embeddings;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Some texts that several threads embed together, each taking the next few until none is left. */
final class Batch implements Runnable {
    /** A worker changes hands seldom enough for that not to cost, and often enough for others not to wait long. */
    private static final int MOST_TOGETHER = 4;

    private final List<String> texts;
    private final OnnxEmbedder embedder;
    private final int together;
    private final @Nullable Embedding[] embeddings;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch unfinished;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    Batch(List<String> texts, OnnxEmbedder embedder, int threads) {
        this.texts = texts;
        this.embedder = embedder;
        this.together = Math.max(1, Math.min(MOST_TOGETHER, texts.size() / (2 * threads)));
        this.embeddings = new Embedding[texts.size()];
        this.unfinished = new CountDownLatch(texts.size());
    }

    @Override
    public void run() {
        for (int from = next.getAndAdd(together); from < embeddings.length; from = next.getAndAdd(together)) {
            int to = Math.min(from + together, embeddings.length);
            try {
                if (failure.get() == null) {
                    List<Embedding> made = embedder.embedByOneWorker(texts.subList(from, to));
                    for (int i = from; i < to; i++) {
                        embeddings[i] = made.get(i - from);
                    }
                }
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            } finally {
                for (int i = from; i < to; i++) {
                    unfinished.countDown();
                }
            }
        }
    }

    /**
     * All embeddings, once every thread has finished its last text.
     *
     * @throws EmbeddingException if one text failed; then none is returned
     */
    List<Embedding> embeddings() {
        try {
            unfinished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbedderBusyException("interrupted while a batch was being embedded");
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return Arrays.asList(embeddings.clone());
    }
}
