package io.thoughtbus.server.journal;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import org.jspecify.annotations.Nullable;

/** A fact as it stands in the journal, read only as far as it is asked for; by one thread at a time. */
public final class StoredFact {
    private final FactCodec codec;
    private final FactId id;
    private final byte[] json;
    private final byte[] vector;
    private final byte @Nullable [] accepted;
    private @Nullable Embedding stored;
    private @Nullable Fact fact;
    private @Nullable JournalledFact journalled;

    StoredFact(FactCodec codec, FactId id, byte[] json, byte[] vector, byte @Nullable [] accepted) {
        this.codec = codec;
        this.id = id;
        this.json = json;
        this.vector = vector;
        this.accepted = accepted;
    }

    /** The fact's position. */
    public FactId id() {
        return id;
    }

    /** The tag of the model that made the stored embedding. */
    public String model() {
        return codec.model(json);
    }

    /** The embedding as it is stored, by whichever model. */
    public Embedding stored() {
        Embedding read = stored;
        if (read == null) {
            read = Embedding.fromBytes(vector);
            stored = read;
        }
        return read;
    }

    /** The embedding by the present model; that of a fact of another model is made anew, since they cannot be compared. */
    public Embedding embedding() {
        if (journalled != null) {
            return journalled.embedding();
        }
        return codec.isPresent(json) ? stored() : journalled().embedding();
    }

    /** Whether the fact may retract or supersede another; told without reading it. */
    public boolean mayWithdraw() {
        return codec.mayWithdraw(json);
    }

    /** The fact itself. */
    public Fact fact() {
        Fact read = fact;
        if (read == null) {
            read = codec.fact(id, json, accepted);
            fact = read;
        }
        return read;
    }

    /** The fact with its embedding by the present model. */
    public JournalledFact journalled() {
        JournalledFact read = journalled;
        if (read == null) {
            read = new JournalledFact(fact(), codec.isPresent(json) ? stored() : codec.embed(fact().text()));
            journalled = read;
        }
        return read;
    }
}
