package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.Hash;
import io.thoughtbus.ledger.Proof;
import io.thoughtbus.ledger.PublicKey;
import io.thoughtbus.ledger.Tile;
import io.thoughtbus.ledger.TreeNode;
import io.thoughtbus.protocol.FactId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.resps.StreamEntryBinary;

/** The leaves of ledgers and what proves them, for who keeps what they are of. */
@Component
public class LedgerLeaves {
    private final RedisLedger ledger;
    private final RedisRecords records;
    private final Checkpoints checkpoints;
    private final Signers signers;

    LedgerLeaves(RedisLedger ledger, RedisRecords records, Checkpoints checkpoints, Signers signers) {
        this.ledger = ledger;
        this.records = records;
        this.checkpoints = checkpoints;
        this.signers = signers;
    }

    /** What a namespace's ledger is called. */
    public String origin(String namespace) {
        return signers.origin(namespace);
    }

    /** The newest checkpoint, made now if the ledger has grown since the last one. */
    public Signed sign(String namespace) {
        return signed(checkpoints.make(namespace));
    }

    /** The newest checkpoint there is. */
    public Optional<Signed> newest(String namespace) {
        return checkpoints.newest(namespace).map(LedgerLeaves::signed);
    }

    /** The leaves of one tile from one leaf up to another, which is not included. */
    public List<Leaf> read(String namespace, long from, long to) {
        Tile tile = new Tile(0, from / Tile.WIDTH);
        int begin = (int) (from % Tile.WIDTH);
        int end = begin + (int) (to - from);
        byte[] stored = ledger.tiles(namespace, List.of(tile)).get(0);
        if (end > Tile.WIDTH || stored.length < end * Hash.BYTES) {
            throw new IllegalStateException(
                    "the ledger of " + namespace + " has no leaves " + from + " to " + to + " in " + tile);
        }
        List<Hash> hashes = Tile.hashes(Arrays.copyOfRange(stored, begin * Hash.BYTES, end * Hash.BYTES));
        List<Leaf> leaves = new ArrayList<>();
        hashes.forEach(hash -> leaves.add(new Leaf(hash, Of.SOMETHING_ELSE, null, null)));
        records.entries(namespace, from, to)
                .forEach(found -> leaves.set(
                        (int) (found.leaf() - from),
                        new Leaf(hashes.get((int) (found.leaf() - from)), found.of(), found.fact(), found.entry())));
        return leaves;
    }

    /** The hashes of the largest complete nodes of the first so many leaves, the leftmost first. */
    public List<Hash> peaks(String namespace, long size) {
        return ledger.nodes(namespace).hashes(TreeNode.cover(0, size));
    }

    /** What joins the tree of the first {@code from} leaves to that of the first {@code to} (RFC 9162, 2.1.4). */
    public List<Hash> consistency(String namespace, long from, long to) {
        return Proof.consistency(from, to, ledger.nodes(namespace));
    }

    /**
     * The checkpoint that a note is of, signed by a key of this ledger.
     *
     * @throws io.thoughtbus.ledger.UntrustedNoteException if it is not
     * @throws IllegalArgumentException if it is no note of a checkpoint
     */
    public Checkpoint open(String namespace, String note) {
        return Checkpoint.open(
                note,
                signers.validity(namespace).stream()
                        .map(key -> PublicKey.parse(key.key()))
                        .toList());
    }

    /** The leaf of a fact by its entry, with the salt as field {@code s}. */
    public static Hash ofFact(int shard, StreamEntryBinary entry) {
        return JournalRecords.leaf(JournalRecords.salt(entry), JournalRecords.fact(shard, entry));
    }

    /** The leaf of a record of matches by its entry, with the salt as field {@code s}. */
    public static Hash ofMatches(int shard, StreamEntryBinary entry) {
        return JournalRecords.leaf(JournalRecords.salt(entry), JournalRecords.matches(shard, entry));
    }

    private static Signed signed(Checkpoints.Kept kept) {
        return new Signed(kept.size(), kept.note());
    }

    /** What a leaf is of. */
    public enum Of {
        FACT,
        MATCHES,
        SOMETHING_ELSE
    }

    /**
     * A leaf.
     *
     * @param fact whose fact or matches it is of; absent if of neither, or if the ledger no longer knows
     * @param entry of the journal, with the salt as field {@code s}; absent if of none, or if it is gone
     */
    public record Leaf(
            Hash hash,
            Of of,
            @Nullable FactId fact,
            @Nullable StreamEntryBinary entry) {}

    /**
     * A checkpoint.
     *
     * @param size how many leaves it is of
     * @param note what was signed, with the signatures
     */
    public record Signed(long size, String note) {}
}
