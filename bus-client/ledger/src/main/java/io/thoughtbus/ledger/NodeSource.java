package io.thoughtbus.ledger;

import java.util.List;

/** Where the hashes of a tree's nodes are. */
@FunctionalInterface
public interface NodeSource {
    /**
     * The hashes of some nodes, in their order.
     *
     * @throws IllegalStateException if one is not there
     */
    List<Hash> hashes(List<TreeNode> nodes);
}
