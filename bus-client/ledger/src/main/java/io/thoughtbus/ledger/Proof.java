package io.thoughtbus.ledger;

import java.util.ArrayList;
import java.util.List;

/** What proves that a leaf is in a tree, or that a tree only grew, as RFC 9162 defines it (sections 2.1.3 and 2.1.4). */
public final class Proof {
    private Proof() {}

    /** The path from a leaf to the root of the tree of the first so many leaves. */
    public static List<Hash> inclusion(long leaf, long size, NodeSource source) {
        requireInclusion(leaf, size);
        return hashes(path(leaf, 0, size), source);
    }

    /** What joins the tree of the first {@code from} leaves to the tree of the first {@code to}. */
    public static List<Hash> consistency(long from, long to, NodeSource source) {
        requireConsistency(from, to);
        return from == 0 || from == to ? List.of() : hashes(subproof(from, 0, to, true), source);
    }

    /** The root of the tree of the first so many leaves. */
    public static Hash root(long size, NodeSource source) {
        return GrowingTree.fold(source.hashes(TreeNode.cover(0, size)));
    }

    /** Whether a path leads from a leaf to the root of a tree. */
    public static boolean verifyInclusion(Hash leaf, long index, long size, List<Hash> path, Hash root) {
        requireInclusion(index, size);
        long fn = index;
        long sn = size - 1;
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = Hash.node(sibling, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = Hash.node(hash, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && hash.equals(root);
    }

    /** Whether a tree only grew from one root to another. */
    public static boolean verifyConsistency(long from, long to, List<Hash> proof, Hash fromRoot, Hash toRoot) {
        requireConsistency(from, to);
        if (from == to) {
            return proof.isEmpty() && fromRoot.equals(toRoot);
        }
        if (from == 0) {
            return proof.isEmpty() && fromRoot.equals(Hash.EMPTY);
        }
        if (proof.isEmpty()) {
            return false;
        }
        List<Hash> hashes = new ArrayList<>(proof);
        if (Long.bitCount(from) == 1) {
            hashes.add(0, fromRoot);
        }
        return leadsToBoth(from, to, hashes, fromRoot, toRoot);
    }

    private static boolean leadsToBoth(long from, long to, List<Hash> hashes, Hash fromRoot, Hash toRoot) {
        int shift = Long.numberOfTrailingZeros(from);
        long fn = (from - 1) >> shift;
        long sn = (to - 1) >> shift;
        Hash old = hashes.get(0);
        Hash grown = hashes.get(0);
        for (Hash hash : hashes.subList(1, hashes.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                old = Hash.node(hash, old);
                grown = Hash.node(hash, grown);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                grown = Hash.node(grown, hash);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && old.equals(fromRoot) && grown.equals(toRoot);
    }

    private static List<Span> path(long leaf, long begin, long end) {
        if (end - begin == 1) {
            return new ArrayList<>();
        }
        long middle = begin + split(end - begin);
        List<Span> path = leaf < middle ? path(leaf, begin, middle) : path(leaf, middle, end);
        path.add(leaf < middle ? new Span(middle, end) : new Span(begin, middle));
        return path;
    }

    private static List<Span> subproof(long from, long begin, long end, boolean known) {
        if (from == end) {
            return known ? new ArrayList<>() : new ArrayList<>(List.of(new Span(begin, end)));
        }
        long middle = begin + split(end - begin);
        boolean left = from <= middle;
        List<Span> proof = left ? subproof(from, begin, middle, known) : subproof(from, middle, end, false);
        proof.add(left ? new Span(middle, end) : new Span(begin, middle));
        return proof;
    }

    /** The largest power of two that is less than a number of leaves. */
    private static long split(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }

    private static List<Hash> hashes(List<Span> spans, NodeSource source) {
        List<TreeNode> nodes =
                spans.stream().flatMap(span -> span.cover().stream()).toList();
        List<Hash> found = source.hashes(nodes);
        List<Hash> hashes = new ArrayList<>(spans.size());
        int next = 0;
        for (Span span : spans) {
            int count = span.cover().size();
            hashes.add(GrowingTree.fold(found.subList(next, next + count)));
            next += count;
        }
        return hashes;
    }

    private static void requireInclusion(long leaf, long size) {
        if (leaf < 0 || leaf >= size) {
            throw new IllegalArgumentException("leaf must be within [0, " + size + ") but was " + leaf);
        }
    }

    private static void requireConsistency(long from, long to) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("from must be within [0, " + to + "] but was " + from);
        }
    }

    /** Neighbouring leaves that have a node of their own. */
    private record Span(long from, long to) {
        List<TreeNode> cover() {
            return TreeNode.cover(from, to);
        }
    }
}
