package io.thoughtbus.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Trees of some leaves, and the definitions of RFC 6962 written down as they stand there. */
final class Trees {
    private Trees() {}

    /** The hashes of so many leaves that are all different. */
    static List<Hash> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Hash.leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** MTH of section 2.1. */
    static Hash root(List<Hash> leaves) {
        if (leaves.size() < 2) {
            return leaves.isEmpty() ? Hash.EMPTY : leaves.get(0);
        }
        int k = split(leaves.size());
        return Hash.node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
    }

    /** PATH of section 2.1.1. */
    static List<Hash> path(int m, List<Hash> leaves) {
        if (leaves.size() == 1) {
            return new ArrayList<>();
        }
        int k = split(leaves.size());
        List<Hash> left = leaves.subList(0, k);
        List<Hash> right = leaves.subList(k, leaves.size());
        List<Hash> path = m < k ? path(m, left) : path(m - k, right);
        path.add(root(m < k ? right : left));
        return path;
    }

    /** SUBPROOF of section 2.1.2. */
    static List<Hash> subproof(int m, List<Hash> leaves, boolean complete) {
        if (m == leaves.size()) {
            return complete ? new ArrayList<>() : new ArrayList<>(List.of(root(leaves)));
        }
        int k = split(leaves.size());
        List<Hash> left = leaves.subList(0, k);
        List<Hash> right = leaves.subList(k, leaves.size());
        List<Hash> proof = m <= k ? subproof(m, left, complete) : subproof(m - k, right, false);
        proof.add(root(m <= k ? right : left));
        return proof;
    }

    /** Tiles as a server stores them. */
    static Map<Tile, byte[]> tiles(List<Hash> leaves) {
        Map<Tile, byte[]> tiles = new HashMap<>();
        GrowingTree tree = GrowingTree.empty().telling((node, hash) -> {
            if (node.level() % Tile.HEIGHT == 0) {
                byte[] before = tiles.getOrDefault(Tile.of(node), new byte[0]);
                byte[] after = Arrays.copyOf(before, before.length + Hash.BYTES);
                System.arraycopy(hash.bytes(), 0, after, before.length, Hash.BYTES);
                tiles.put(Tile.of(node), after);
            }
        });
        leaves.forEach(tree::append);
        return tiles;
    }

    /** The nodes of a stored tree. */
    static NodeSource nodes(List<Hash> leaves) {
        Map<Tile, byte[]> tiles = tiles(leaves);
        return Tile.nodes(wanted -> wanted.stream()
                .map(tile -> tiles.getOrDefault(tile, new byte[0]))
                .toList());
    }

    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }
}
