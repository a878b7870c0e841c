package io.thoughtbus.server.journal;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;

/** A fact as the journal holds it: with its embedding. */
public record JournalledFact(Fact fact, Embedding embedding) {
    /** The fact's position. */
    public FactId id() {
        return fact.id();
    }
}
