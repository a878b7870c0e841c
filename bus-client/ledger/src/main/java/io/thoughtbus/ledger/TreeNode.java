package io.thoughtbus.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * A node over a power of two of leaves, all of which are there, so that it never changes.
 *
 * @param level 0 for a leaf; the node is over {@code 2^level} leaves
 * @param index its number among the nodes of its level, from 0
 */
public record TreeNode(int level, long index) {

    /** The leaves of a range, in order, under as few such nodes as there can be. */
    public static List<TreeNode> cover(long from, long to) {
        List<TreeNode> nodes = new ArrayList<>();
        long position = from;
        while (position < to) {
            int fits = 63 - Long.numberOfLeadingZeros(to - position);
            int level = position == 0 ? fits : Math.min(fits, Long.numberOfTrailingZeros(position));
            nodes.add(new TreeNode(level, position >> level));
            position += 1L << level;
        }
        return nodes;
    }
}
