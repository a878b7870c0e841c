package io.thoughtbus.protocol;

import java.util.List;

/**
 * Whom a fact concerns and whom it nearly does.
 *
 * @param model the model that made the embeddings
 * @param explanations the largest margin first
 */
public record Explanations(String model, List<Explanation> explanations) {
    public Explanations {
        explanations = List.copyOf(explanations);
    }
}
