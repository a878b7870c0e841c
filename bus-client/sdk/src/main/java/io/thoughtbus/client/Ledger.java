package io.thoughtbus.client;

import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.ConsistencyProof;
import io.thoughtbus.ledger.InclusionProof;
import io.thoughtbus.ledger.PublicKey;
import io.thoughtbus.protocol.FactId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The ledger of a namespace: what happened in it, signed checkpoints, and proofs. Trust its keys only if they came to you in
 * another way than its checkpoints; {@link Checkpoint#open} verifies a checkpoint by them.
 */
public final class Ledger {
    private final Http http;

    Ledger(Http http) {
        this.http = http;
    }

    /** Signs what the ledger is now; the signed note. */
    public String sign() {
        return http.text("POST", "/ledger/checkpoints");
    }

    /** The keys that sign the ledger's checkpoints, or have signed them, the oldest first. */
    public List<PublicKey> keys() {
        JsonNode keys =
                http.repeatedly("GET", "/ledger/key", null, JsonNode.class).path("keys");
        return StreamSupport.stream(keys.spliterator(), false)
                .map(key -> PublicKey.parse(key.path("key").asString()))
                .toList();
    }

    /**
     * What proves that a fact is in the tree of the newest checkpoint, or of all leaves if that does not have it yet.
     *
     * @throws RequestRefusedException if the ledger has not taken it yet, which takes a second or two
     */
    public InclusionProof inclusion(FactId fact) {
        return http.repeatedly("GET", "/ledger/inclusion?fact=" + fact, null, InclusionProof.class);
    }

    /** What proves that the ledger only grew from so many leaves to so many. */
    public ConsistencyProof consistency(long from, long to) {
        return http.repeatedly("GET", "/ledger/consistency?from=" + from + "&to=" + to, null, ConsistencyProof.class);
    }

    /**
     * Writes the records of a range with what proves them by a checkpoint, as
     * {@link io.thoughtbus.ledger.ExportVerifier} reads them.
     *
     * @param from the first leaf
     * @param to the leaf after the last
     * @param size how many leaves the checkpoint is of
     * @throws IOException if the export breaks off; what was written so far lacks its end
     */
    public void export(long from, long to, long size, OutputStream out) throws IOException {
        http.copy("/ledger/export?from=" + from + "&to=" + to + "&size=" + size, out);
    }
}
