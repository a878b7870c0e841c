package io.thoughtbus.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A place of up to 256 neighbouring hashes, as the tree is stored (C2SP {@code tlog-tiles}).
 *
 * @param level 0 holds leaves; each level above holds the nodes over whole tiles of the one below
 * @param index its number in its level, from 0
 */
public record Tile(int level, long index) {
    /** How many levels of the tree a tile holds. */
    public static final int HEIGHT = 8;

    /** The most hashes of a tile. */
    public static final int WIDTH = 1 << HEIGHT;

    /**
     * A source of nodes that reads tiles.
     *
     * @param tiles gives for each tile asked for its hashes one after another, as far as there are any
     */
    public static NodeSource nodes(Function<List<Tile>, List<byte[]>> tiles) {
        return nodes -> {
            List<Tile> needed = nodes.stream().map(Tile::of).distinct().toList();
            List<byte[]> found = needed.isEmpty() ? List.of() : tiles.apply(needed);
            return nodes.stream()
                    .map(node -> hash(node, found.get(needed.indexOf(of(node)))))
                    .toList();
        };
    }

    /** The tile from which a node is made. */
    public static Tile of(TreeNode node) {
        return new Tile(node.level() / HEIGHT, (node.index() << (node.level() % HEIGHT)) / WIDTH);
    }

    /** Where in its tile a node of a multiple of eight levels stands. */
    public static int place(TreeNode node) {
        return (int) (node.index() % WIDTH);
    }

    /** The hashes that stand one after another. */
    public static List<Hash> hashes(byte[] tile) {
        List<Hash> hashes = new ArrayList<>(tile.length / Hash.BYTES);
        for (int at = 0; at + Hash.BYTES <= tile.length; at += Hash.BYTES) {
            hashes.add(Hash.at(tile, at));
        }
        return hashes;
    }

    private static Hash hash(TreeNode node, byte[] tile) {
        int width = 1 << (node.level() % HEIGHT);
        int first = (int) ((node.index() << (node.level() % HEIGHT)) % WIDTH) * Hash.BYTES;
        int end = first + width * Hash.BYTES;
        if (tile.length < end) {
            throw new IllegalStateException("the ledger does not hold " + node + ": " + of(node) + " has "
                    + tile.length / Hash.BYTES + " hashes");
        }
        GrowingTree tree = GrowingTree.empty();
        hashes(Arrays.copyOfRange(tile, first, end)).forEach(tree::append);
        return tree.root();
    }
}
