package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.GrowingTree;
import io.thoughtbus.ledger.Hash;
import io.thoughtbus.ledger.Tile;
import io.thoughtbus.ledger.TreeNode;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Leaves on their way to the end of a ledger, with all that is to change together with it. */
final class LeafBatch {
    private static final byte[] NOTHING = {};

    private final LedgerKeys keys;
    private final LedgerHead head;
    private final GrowingTree tree;
    private final Map<Tile, Written> tiles = new LinkedHashMap<>();
    private final List<Place> places = new ArrayList<>();
    private final Map<String, String> cursors = new LinkedHashMap<>();
    private final List<Object> leaves = new ArrayList<>();
    private final List<Long> erased = new ArrayList<>();

    LeafBatch(LedgerKeys keys, LedgerHead head) {
        this.keys = keys;
        this.head = head;
        this.tree = GrowingTree.of(head.size(), head.peaks()).telling(this::store);
    }

    /** How many leaves there are to append. */
    int count() {
        return (int) (tree.size() - head.size());
    }

    /** How many leaves the ledger has with them. */
    long size() {
        return tree.size();
    }

    boolean isEmpty() {
        return cursors.isEmpty();
    }

    /** Appends a record that the journal holds, with its salt. */
    void append(String kind, String id, Hash leaf) {
        append(kind, id, NOTHING, NOTHING, leaf);
    }

    /**
     * Appends a record.
     *
     * @param salt empty if the journal holds it
     * @param canonical empty if the journal holds the record
     */
    void append(String kind, String id, byte[] salt, byte[] canonical, Hash leaf) {
        tree.append(leaf);
        leaves.addAll(List.of(kind, id, salt, canonical));
    }

    /** Notes where the last facts of a shard stand: the leaves from one to the newest. */
    void place(int shard, String position, long firstLeaf) {
        places.add(new Place(shard, position, tree.size() - 1, firstLeaf));
    }

    /** Has the record of an earlier leaf erased. */
    void erase(long leaf) {
        erased.add(leaf);
    }

    /** Moves the cursor of a source. */
    void reached(String source, String position) {
        cursors.put(source, position);
    }

    List<String> keys() {
        List<String> all = new ArrayList<>(List.of(keys.head(), keys.records()));
        tiles.keySet().forEach(tile -> all.add(keys.tile(tile)));
        places.forEach(place -> all.add(keys.places(place.shard())));
        return all;
    }

    /**
     * What the function is called with.
     *
     * @param kept how long records are kept, and so what finds them by their facts
     */
    List<Object> arguments(Duration kept) {
        List<Object> all =
                new ArrayList<>(List.of(head.size(), tree.size(), peaks(), keys.acts(), kept.toMillis(), tiles.size()));
        tiles.values()
                .forEach(tile -> all.addAll(List.of(tile.offset(), tile.hashes().toByteArray())));
        all.add(places.size());
        places.forEach(place -> all.addAll(List.of(place.position(), place.last(), place.first())));
        all.add(cursors.size());
        cursors.forEach((source, position) -> all.addAll(List.of(source, position)));
        all.add(erased.size());
        all.addAll(erased);
        all.addAll(leaves);
        return all;
    }

    private void store(TreeNode node, Hash hash) {
        if (node.level() % Tile.HEIGHT == 0) {
            tiles.computeIfAbsent(
                            Tile.of(node),
                            tile -> new Written(Tile.place(node) * Hash.BYTES, new ByteArrayOutputStream()))
                    .hashes()
                    .writeBytes(hash.bytes());
        }
    }

    private byte[] peaks() {
        ByteArrayOutputStream peaks = new ByteArrayOutputStream();
        tree.peaks().forEach(peak -> peaks.writeBytes(peak.bytes()));
        return peaks.toByteArray();
    }

    private record Written(int offset, ByteArrayOutputStream hashes) {}

    private record Place(int shard, String position, long last, long first) {}
}
