package io.thoughtbus.embeddings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A sentence model in ONNX form with the tokenizer it was trained with, read into memory. */
public final class OnnxModel {
    private static final int MINILM_WINDOW = 256;

    private final ModelId id;
    private final byte[] onnx;
    private final byte[] tokenizer;
    private final Pooling pooling;
    private final int window;

    private OnnxModel(String name, byte[] onnx, byte[] tokenizer, Pooling pooling, int window) {
        if (window < 3) {
            throw new IllegalArgumentException("a window must hold at least 3 tokens but was " + window);
        }
        this.id = new ModelId(name, sha256(onnx, tokenizer));
        this.onnx = onnx;
        this.tokenizer = tokenizer;
        this.pooling = pooling;
        this.window = window;
    }

    /**
     * The model that comes with the bus: all-MiniLM-L6-v2, quantized to int8, 384 components, 256 tokens.
     *
     * @throws EmbeddingException if it is not on the class path
     */
    public static OnnxModel packaged() {
        return new OnnxModel(
                "all-minilm-l6-v2-q",
                resource("all-minilm-l6-v2-q.onnx"),
                resource("all-minilm-l6-v2-q-tokenizer.json"),
                Pooling.MEAN,
                MINILM_WINDOW);
    }

    /**
     * A model of one's own.
     *
     * @param name as {@link ModelId} allows
     * @param onnx takes {@code input_ids}, {@code attention_mask} and, if it wants, {@code token_type_ids}; its first
     *     output is batch × tokens × components
     * @param tokenizer a Hugging Face {@code tokenizer.json}
     * @param window how many tokens the model reads at once, special tokens included
     * @throws EmbeddingException if a file cannot be read
     */
    public static OnnxModel of(String name, Path onnx, Path tokenizer, Pooling pooling, int window) {
        return new OnnxModel(name, file(onnx), file(tokenizer), pooling, window);
    }

    /** The name given, and the digest of both files. */
    public ModelId id() {
        return id;
    }

    byte[] onnx() {
        return onnx;
    }

    byte[] tokenizer() {
        return tokenizer;
    }

    Pooling pooling() {
        return pooling;
    }

    int window() {
        return window;
    }

    private static byte[] resource(String name) {
        try (InputStream stream = OnnxModel.class.getResourceAsStream("/" + name)) {
            if (stream == null) {
                throw new EmbeddingException("the packaged model " + name + " is not on the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new EmbeddingException("the packaged model " + name + " cannot be read", e);
        }
    }

    static byte[] file(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException | UncheckedIOException e) {
            throw new EmbeddingException("the model file " + path + " cannot be read", e);
        }
    }

    static String sha256(byte[] onnx, byte[] tokenizer) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(onnx);
            digest.update(tokenizer);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
