package io.thoughtbus.protocol;

import java.util.List;

/**
 * The facts that a search found.
 *
 * @param facts nearest first
 */
public record FoundFacts(List<ScoredFact> facts) {
    public FoundFacts {
        facts = List.copyOf(facts);
    }
}
