package io.thoughtbus.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A tree that grows at its end and holds no more of itself than its root needs: a hash for each bit of its size. */
public final class GrowingTree {
    private final List<Hash> peaks;
    private final BiConsumer<TreeNode, Hash> made;
    private long size;

    private GrowingTree(long size, List<Hash> peaks, BiConsumer<TreeNode, Hash> made) {
        if (peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has " + Long.bitCount(size)
                    + " peaks but there were " + peaks.size());
        }
        this.size = size;
        this.peaks = new ArrayList<>(peaks);
        this.made = made;
    }

    /** A tree without leaves. */
    public static GrowingTree empty() {
        return of(0, List.of());
    }

    /** A tree as another one left it. */
    public static GrowingTree of(long size, List<Hash> peaks) {
        return new GrowingTree(size, peaks, (node, hash) -> {});
    }

    /** The same, telling every node that is complete from now on. */
    public GrowingTree telling(BiConsumer<TreeNode, Hash> listener) {
        return new GrowingTree(size, peaks, listener);
    }

    /** Adds a leaf. */
    public void append(Hash leaf) {
        append(leaf, 0);
    }

    /**
     * Adds {@code 2^level} leaves by the hash of the node over them.
     *
     * @throws IllegalArgumentException if such a node cannot begin here
     */
    public void append(Hash node, int level) {
        if ((size & ((1L << level) - 1)) != 0) {
            throw new IllegalArgumentException("no node of level " + level + " begins at leaf " + size);
        }
        long index = size >> level;
        size += 1L << level;
        Hash hash = node;
        int height = level;
        made.accept(new TreeNode(height, index), hash);
        while ((index & 1) == 1) {
            hash = Hash.node(peaks.remove(peaks.size() - 1), hash);
            index >>= 1;
            height++;
            made.accept(new TreeNode(height, index), hash);
        }
        peaks.add(hash);
    }

    /** How many leaves there are. */
    public long size() {
        return size;
    }

    /** The hashes of the largest complete nodes, the leftmost first. */
    public List<Hash> peaks() {
        return List.copyOf(peaks);
    }

    /** The root. */
    public Hash root() {
        return fold(peaks);
    }

    /** The root if some more leaves followed, fewer than make a node that could be joined to what is here. */
    Hash rootWith(Hash rest) {
        List<Hash> all = new ArrayList<>(peaks);
        all.add(rest);
        return fold(all);
    }

    /** The hash over neighbours, the smaller on the right. */
    static Hash fold(List<Hash> peaks) {
        if (peaks.isEmpty()) {
            return Hash.EMPTY;
        }
        Hash hash = peaks.get(peaks.size() - 1);
        for (int i = peaks.size() - 2; i >= 0; i--) {
            hash = Hash.node(peaks.get(i), hash);
        }
        return hash;
    }
}
