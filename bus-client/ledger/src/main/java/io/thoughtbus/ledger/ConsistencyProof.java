package io.thoughtbus.ledger;

import java.util.List;

/**
 * What proves that a tree only grew.
 *
 * @param from how many leaves it had
 * @param to how many it has
 * @param path joins the two roots, in base64
 */
public record ConsistencyProof(long from, long to, List<String> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /** Whether the ledger only grew from one checkpoint to the other. */
    public boolean holds(Checkpoint older, Checkpoint newer) {
        return from == older.size()
                && to == newer.size()
                && older.origin().equals(newer.origin())
                && Proof.verifyConsistency(
                        from, to, path.stream().map(Hash::parse).toList(), older.root(), newer.root());
    }
}
