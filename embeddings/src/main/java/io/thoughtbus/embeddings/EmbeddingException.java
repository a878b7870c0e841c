package io.thoughtbus.embeddings;

/** A model that could not be loaded or run. */
public class EmbeddingException extends RuntimeException {
    EmbeddingException(String message, Throwable cause) {
        super(message, cause);
    }

    EmbeddingException(String message) {
        super(message);
    }
}
