package io.thoughtbus.embeddings;

/** Every worker stayed busy for as long as a text may wait, or too many texts wait already: try again later. */
public final class EmbedderBusyException extends EmbeddingException {
    EmbedderBusyException(String message) {
        super(message);
    }
}
