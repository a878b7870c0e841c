package io.thoughtbus.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * Some leaves of an export, with whole tiles around them, that are proven together.
 *
 * @param export to which it belongs
 * @param from its first leaf
 * @param to the leaf after its last
 */
public record ExportSection(ExportRange export, long from, long to) {

    /** The first leaf of its first tile. */
    public long firstTiled() {
        return from / Tile.WIDTH * Tile.WIDTH;
    }

    /** The leaf after the last of its last tile. */
    public long endTiled() {
        return Math.min(export.size(), (to + Tile.WIDTH - 1) / Tile.WIDTH * Tile.WIDTH);
    }

    /** How many tiles it has. */
    public int tiles() {
        return (int) ((endTiled() - firstTiled() + Tile.WIDTH - 1) / Tile.WIDTH);
    }

    /** The leaf after the last of one of its tiles. */
    public long endOf(long tile) {
        return Math.min(export.size(), (tile + 1) * Tile.WIDTH);
    }

    /** The nodes over all leaves before it. */
    public List<TreeNode> left() {
        return TreeNode.cover(0, firstTiled());
    }

    /** The nodes over all leaves after it. */
    public List<TreeNode> right() {
        return TreeNode.cover(endTiled(), export.size());
    }

    /** What its proof is made of: left of it, its tiles, right of it. */
    public Roots roots(NodeSource source) {
        List<List<TreeNode>> tiles = new ArrayList<>();
        for (long first = firstTiled(); first < endTiled(); first += Tile.WIDTH) {
            tiles.add(TreeNode.cover(first, endOf(first / Tile.WIDTH)));
        }
        List<TreeNode> all = new ArrayList<>(left());
        tiles.forEach(all::addAll);
        all.addAll(right());
        List<Hash> found = source.hashes(all);
        int at = left().size();
        List<Hash> folded = new ArrayList<>();
        for (List<TreeNode> tile : tiles) {
            folded.add(GrowingTree.fold(found.subList(at, at + tile.size())));
            at += tile.size();
        }
        return new Roots(found.subList(0, left().size()), folded, found.subList(at, found.size()));
    }

    /**
     * The hashes that lead from the tiles of a section to the root.
     *
     * @param left of the nodes over all leaves before it
     * @param tiles of its tiles
     * @param right of the nodes over all leaves after it
     */
    public record Roots(List<Hash> left, List<Hash> tiles, List<Hash> right) {
        public Roots {
            left = List.copyOf(left);
            tiles = List.copyOf(tiles);
            right = List.copyOf(right);
        }

        /**
         * The root that they lead to.
         *
         * @throws IllegalArgumentException if they are too many or too few
         */
        Hash root(ExportSection section) {
            if (left.size() != section.left().size()
                    || tiles.size() != section.tiles()
                    || right.size() != section.right().size()) {
                throw new IllegalArgumentException("there are too many or too few hashes");
            }
            GrowingTree tree = GrowingTree.of(section.firstTiled(), left);
            for (int i = 0; i < tiles.size(); i++) {
                long first = section.firstTiled() + (long) i * Tile.WIDTH;
                if (section.endOf(first / Tile.WIDTH) - first < Tile.WIDTH) {
                    return tree.rootWith(tiles.get(i));
                }
                tree.append(tiles.get(i), Tile.HEIGHT);
            }
            List<TreeNode> after = section.right();
            for (int i = 0; i < after.size(); i++) {
                tree.append(right.get(i), after.get(i).level());
            }
            return tree.root();
        }
    }
}
