package io.thoughtbus.embeddings;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Turns texts away at once when too many wait already, so that who waits for the model cannot hold up all the rest. */
final class BoundedEmbedder implements Embedder {
    private final Embedder embedder;
    private final int mostTexts;
    private final Semaphore calls;
    private final Semaphore texts;

    BoundedEmbedder(Embedder embedder, int mostCalls, int mostTexts) {
        this.embedder = embedder;
        this.mostTexts = mostTexts;
        this.calls = new Semaphore(mostCalls);
        this.texts = new Semaphore(mostTexts);
    }

    @Override
    public Embedding embed(String text) {
        return admitted(1, () -> embedder.embed(text));
    }

    @Override
    public List<Embedding> embedAll(List<String> all) {
        return all.isEmpty() ? List.of() : admitted(Math.min(all.size(), mostTexts), () -> embedder.embedAll(all));
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

    private <T> T admitted(int count, Supplier<T> work) {
        return within(calls, 1, () -> within(texts, count, work));
    }

    private static <T> T within(Semaphore places, int count, Supplier<T> work) {
        if (!places.tryAcquire(count)) {
            throw new EmbedderBusyException("too many texts wait to be embedded");
        }
        try {
            return work.get();
        } finally {
            places.release(count);
        }
    }
}
