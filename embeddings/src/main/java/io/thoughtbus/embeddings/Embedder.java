package io.thoughtbus.embeddings;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes an embedding of a text: a function of the text alone, the same to the bit each time. Safe for use by many
 * threads.
 */
public interface Embedder extends AutoCloseable {

    /**
     * An embedder that runs an ONNX sentence model in this process.
     *
     * @param workers how many texts are embedded at the same time, one core each; at least 1
     * @throws EmbeddingException if the model does not load
     */
    static Embedder onnx(OnnxModel model, int workers) {
        return OnnxEmbedder.open(model, workers);
    }

    /**
     * An embedder that remembers what it embedded last.
     *
     * @param maxTexts how many texts are remembered; longer ones than 1,024 characters never are
     */
    static Embedder caching(Embedder embedder, int maxTexts) {
        return new CachingEmbedder(embedder, maxTexts);
    }

    /**
     * An embedder that turns texts away with an {@link EmbedderBusyException} when too many wait for it.
     *
     * @param mostCalls how many calls may wait at the same time
     * @param mostTexts how many texts they may have together; a batch of more is taken when no other text waits
     */
    static Embedder bounded(Embedder embedder, int mostCalls, int mostTexts) {
        return new BoundedEmbedder(embedder, mostCalls, mostTexts);
    }

    /**
     * The embedding of one text. A text longer than the model's window is split, and the parts' embeddings averaged
     * by their number of tokens.
     *
     * @throws EmbeddingException if the model fails
     * @throws EmbedderBusyException if no worker became free in time, or too many texts wait already
     */
    Embedding embed(String text);

    /** The embeddings of some texts, in their order, each as {@link #embed} makes it. */
    default List<Embedding> embedAll(List<String> texts) {
        List<Embedding> embeddings = new ArrayList<>(texts.size());
        for (String text : texts) {
            embeddings.add(embed(text));
        }
        return embeddings;
    }

    /** The model behind the embeddings. */
    ModelId modelId();

    /** How many components each embedding has. */
    int dimension();

    @Override
    void close();
}
