package io.thoughtbus.protocol;

/**
 * A text that a fact is like.
 *
 * @param score the cosine of the two embeddings
 */
public record Likeness(String text, double score) {}
