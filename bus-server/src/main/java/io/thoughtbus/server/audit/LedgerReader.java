package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.ConsistencyProof;
import io.thoughtbus.ledger.ExportRange;
import io.thoughtbus.ledger.GrowingTree;
import io.thoughtbus.ledger.Hash;
import io.thoughtbus.ledger.InclusionProof;
import io.thoughtbus.ledger.NodeSource;
import io.thoughtbus.ledger.Proof;
import io.thoughtbus.ledger.TreeNode;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisTime;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

/** Tells of a ledger what is asked: its state, proofs, and what an export is of. */
@Component
class LedgerReader {
    private final RedisClient redis;
    private final RedisLedger ledger;
    private final Checkpoints checkpoints;
    private final Signers signers;
    private final Shards shards;
    private final RedisTime time;

    LedgerReader(
            RedisClient redis,
            RedisLedger ledger,
            Checkpoints checkpoints,
            Signers signers,
            Shards shards,
            RedisTime time) {
        this.redis = redis;
        this.ledger = ledger;
        this.checkpoints = checkpoints;
        this.signers = signers;
        this.shards = shards;
        this.time = time;
    }

    LedgerState state(String namespace) {
        LedgerHead head = ledger.head(namespace, LedgerWriter.streams(shards));
        return new LedgerState(
                signers.origin(namespace),
                head.size(),
                GrowingTree.of(head.size(), head.peaks()).root().toString(),
                lag(namespace, head),
                checkpoints.newest(namespace).map(Checkpoints.Kept::size).orElse(null));
    }

    /** For how long the oldest fact that the ledger does not have has been waiting. */
    private Duration lag(String namespace, LedgerHead head) {
        long now = time.now().toEpochMilli();
        long oldest = shards.all()
                .mapToLong(shard -> {
                    StreamEntryID taken = head.stream(LedgerWriter.FACTS + shard);
                    return redis
                            .xrange(
                                    RedisJournal.key(namespace, shard),
                                    RedisKeys.bytes("(" + taken),
                                    RedisKeys.bytes("+"),
                                    1)
                            .stream()
                            .mapToLong(entry -> position(entry).getTime())
                            .findFirst()
                            .orElse(now);
                })
                .min()
                .orElse(now);
        return Duration.ofMillis(Math.max(0, now - oldest));
    }

    InclusionProof inclusion(String namespace, @Nullable FactId fact, @Nullable Long leaf, @Nullable Long size) {
        if ((fact == null) == (leaf == null)) {
            throw new InvalidFieldException("leaf", "must be given, or fact instead of it");
        }
        LedgerHead head = ledger.head(namespace);
        long found = leaf != null ? leaf : leafOf(namespace, fact);
        within("size", size == null ? head.size() : size, 0, head.size());
        long within = size != null ? size : provable(namespace, found, head);
        if (found < 0 || found >= within) {
            throw new ProblemException(
                    ProblemType.LEAF_NOT_FOUND, "leaf must be within [0, " + within + ") but was " + found, "leaf");
        }
        NodeSource nodes = ledger.nodes(namespace);
        Hash hash = nodes.hashes(List.of(new TreeNode(0, found))).get(0);
        return new InclusionProof(found, within, hash.toString(), texts(Proof.inclusion(found, within, nodes)));
    }

    ConsistencyProof consistency(String namespace, long from, long to) {
        within("to", to, 0, ledger.head(namespace).size());
        within("from", from, 0, to);
        return new ConsistencyProof(from, to, texts(Proof.consistency(from, to, ledger.nodes(namespace))));
    }

    /**
     * What an export is of.
     *
     * @param from a leaf or an instant; absent for the first leaf
     * @param to a leaf or an instant, not included; absent for the end
     * @param size of the tree that proves it; absent for that of the newest checkpoint
     */
    ExportRange range(String namespace, @Nullable String from, @Nullable String to, @Nullable Long size) {
        long within = size != null
                ? size
                : checkpoints
                        .newest(namespace)
                        .map(Checkpoints.Kept::size)
                        .orElseThrow(() -> new ProblemException(
                                ProblemType.CHECKPOINT_NOT_FOUND,
                                "the ledger has no checkpoint yet, which would prove an export"));
        within("size", within, 0, ledger.head(namespace).size());
        long end = to == null ? within : leaf(namespace, "to", to, within);
        long begin = from == null ? 0 : leaf(namespace, "from", from, within);
        within("to", end, 0, within);
        within("from", begin, 0, end);
        return new ExportRange(signers.origin(namespace), begin, end, within);
    }

    private long leaf(String namespace, String field, String given, long size) {
        if (given.matches("\\d{1,18}")) {
            return Long.parseLong(given);
        }
        try {
            return ledger.firstAt(namespace, size, Instant.parse(given).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidFieldException(
                    field, "must be a leaf's number or an instant such as 2026-11-23T10:15:30Z");
        }
    }

    private long provable(String namespace, long leaf, LedgerHead head) {
        return checkpoints
                .newest(namespace)
                .map(Checkpoints.Kept::size)
                .filter(size -> leaf < size)
                .orElse(head.size());
    }

    private long leafOf(String namespace, @Nullable FactId fact) {
        return (fact == null ? OptionalLong.empty() : ledger.leafOf(namespace, fact))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.LEAF_NOT_FOUND,
                        "the ledger does not have the fact " + fact
                                + ": it has not been taken yet, or was too long ago to be found by its id",
                        "fact"));
    }

    private static void within(String field, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw new InvalidFieldException(field, "must be within [" + lowest + ", " + highest + "] but was " + value);
        }
    }

    private static StreamEntryID position(Object raw) {
        byte[] id = (byte[]) ((List<?>) raw).get(0);
        return new StreamEntryID(id);
    }

    private static List<String> texts(List<Hash> hashes) {
        return hashes.stream().map(Hash::toString).toList();
    }

    /**
     * What a ledger is now.
     *
     * @param origin what it is called in checkpoints
     * @param size how many leaves it has
     * @param root of its tree
     * @param lag for how long the oldest fact that it does not have has been waiting
     * @param signed how many leaves the newest checkpoint is of; absent if there is none
     */
    record LedgerState(
            String origin,
            long size,
            String root,
            Duration lag,
            @Nullable Long signed) {}
}
