package io.thoughtbus.embeddings;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Some texts that several threads embed together, each taking the next one until none is left. */
final class Batch implements Runnable {
    private final List<String> texts;
    private final Embedder embedder;
    private final @Nullable Embedding[] embeddings;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch unfinished;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    Batch(List<String> texts, Embedder embedder) {
        this.texts = texts;
        this.embedder = embedder;
        this.embeddings = new Embedding[texts.size()];
        this.unfinished = new CountDownLatch(texts.size());
    }

    @Override
    public void run() {
        for (int i = next.getAndIncrement(); i < embeddings.length; i = next.getAndIncrement()) {
            try {
                if (failure.get() == null) {
                    embeddings[i] = embedder.embed(texts.get(i));
                }
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            } finally {
                unfinished.countDown();
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
