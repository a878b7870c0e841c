package io.thoughtbus.ledger;

import java.util.List;

/**
 * What proves that a leaf is in a tree.
 *
 * @param leaf its number
 * @param size of the tree
 * @param hash of the leaf, in base64
 * @param path from the leaf to the root, in base64
 */
public record InclusionProof(long leaf, long size, String hash, List<String> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Whether the leaf is in the tree of a checkpoint of this size. */
    public boolean holds(Checkpoint checkpoint) {
        return size == checkpoint.size()
                && Proof.verifyInclusion(
                        Hash.parse(hash),
                        leaf,
                        size,
                        path.stream().map(Hash::parse).toList(),
                        checkpoint.root());
    }
}
