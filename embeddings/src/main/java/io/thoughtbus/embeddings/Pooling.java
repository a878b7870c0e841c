package io.thoughtbus.embeddings;

/** How the vectors of a text's tokens become one. */
public enum Pooling {
    /** The mean over all tokens, as the MiniLM and E5 families are trained. */
    MEAN,
    /** The first token's vector, as the BGE family is trained. */
    FIRST
}
