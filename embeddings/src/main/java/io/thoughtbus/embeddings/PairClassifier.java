package io.thoughtbus.embeddings;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says how likely a text concerns or entails another one, by an ONNX model that reads both at once: a cross-encoder with
 * one logit, or a classifier of natural language inference with several labels. A function of the two texts. Safe for use
 * by many threads, which take turns.
 */
public final class PairClassifier implements AutoCloseable {
    private static final String WINDOW = "512";

    private final ModelId modelId;
    private final int entailment;
    private final Model model;
    private final HuggingFaceTokenizer tokenizer;
    private final Predictor<Encoding, float[]> predictor;

    private PairClassifier(ModelId modelId, @Nullable Integer entailment, Model model, HuggingFaceTokenizer tokenizer) {
        this.modelId = modelId;
        this.model = model;
        this.tokenizer = tokenizer;
        this.predictor =
                model.newPredictor(new PairTranslator(model.describeInput().keys()));
        this.entailment = column(labels("first", "second").length, entailment);
    }

    /**
     * The classifier in two files.
     *
     * @param name as {@link ModelId} allows
     * @param onnx takes {@code input_ids}, {@code attention_mask} and, if it wants, {@code token_type_ids}; its first
     *     output is 1 × labels, not normalized
     * @param tokenizer a Hugging Face {@code tokenizer.json} that knows pairs; of longer pairs than 512 tokens the end of
     *     the longer text is left out
     * @param entailment which of several labels says yes, counted from 0; absent for a model with one label
     * @throws EmbeddingException if a file cannot be read or is no such model
     * @throws IllegalArgumentException if the column of entailment is missing, or is none of the model's
     */
    public static PairClassifier open(String name, Path onnx, Path tokenizer, @Nullable Integer entailment) {
        byte[] modelFile = OnnxModel.file(onnx);
        byte[] tokenizerFile = OnnxModel.file(tokenizer);
        ModelId id = new ModelId(name, OnnxModel.sha256(modelFile, tokenizerFile));
        HuggingFaceTokenizer words = null;
        Model model = null;
        try {
            words = Djl.tokenizer(
                    tokenizerFile, Map.of("padding", "false", "truncation", "longest_first", "maxLength", WINDOW));
            model = Djl.model(name, modelFile);
            return new PairClassifier(id, entailment, model, words);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            if (model != null) {
                model.close();
            }
            if (words != null) {
                words.close();
            }
            if (e instanceof IllegalArgumentException mistake) {
                throw mistake;
            }
            throw new EmbeddingException("the model " + name + " does not load: " + e.getMessage(), e);
        }
    }

    /**
     * How likely the first text concerns or entails the second one, 0 to 1: the logistic function of the only label, or the
     * softmax of the labels at the column of entailment.
     *
     * @throws EmbeddingException if the model fails
     */
    public double probability(String first, String second) {
        float[] labels = labels(first, second);
        double sum = 0;
        for (float label : labels) {
            sum += Math.exp(label - labels[entailment]);
        }
        double probability = labels.length == 1 ? 1 / (1 + Math.exp(-labels[0])) : 1 / sum;
        if (!Double.isFinite(probability)) {
            throw new EmbeddingException("the model " + modelId.name() + " answers what is no number");
        }
        return probability;
    }

    /** The name given, and the digest of both files. */
    public ModelId modelId() {
        return modelId;
    }

    @Override
    public synchronized void close() {
        predictor.close();
        model.close();
        tokenizer.close();
    }

    private synchronized float[] labels(String first, String second) {
        try {
            return predictor.predict(tokenizer.encode(first, second, true, false));
        } catch (TranslateException | RuntimeException e) {
            throw new EmbeddingException("the model " + modelId.name() + " cannot read two texts", e);
        }
    }

    private static int column(int labels, @Nullable Integer entailment) {
        if (labels < 1) {
            throw new IllegalArgumentException("the model answers no label");
        }
        if (labels == 1 && entailment != null) {
            throw new IllegalArgumentException("must be absent for a model that answers one label");
        }
        if (labels > 1 && (entailment == null || entailment < 0 || entailment >= labels)) {
            throw new IllegalArgumentException("must be within [0, " + (labels - 1) + "] for a model that answers "
                    + labels + " labels but was " + (entailment == null ? "absent" : entailment));
        }
        return entailment == null ? 0 : entailment;
    }
}
