package io.thoughtbus.embeddings;

import java.util.Locale;
import java.util.Random;

/** Embeds a text as the sum of one pseudo-random direction per word: fast, and alike texts come out near. */
public final class HashingEmbedder implements Embedder {
    private final int dimension;

    /** An embedder with as many components as the packaged model has. */
    public HashingEmbedder() {
        this(384);
    }

    /** An embedder with this many components. */
    public HashingEmbedder(int dimension) {
        this.dimension = dimension;
    }

    @Override
    public Embedding embed(String text) {
        float[] sum = new float[dimension];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
            Random random = new Random(word.hashCode());
            for (int i = 0; i < dimension; i++) {
                sum[i] += (float) random.nextGaussian();
            }
        }
        return Embedding.normalized(sum);
    }

    @Override
    public ModelId modelId() {
        return new ModelId("hashing-" + dimension, String.format(Locale.ROOT, "%04x", dimension) + "0".repeat(60));
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void close() {}
}
