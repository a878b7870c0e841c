package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.GrowingTree;
import io.thoughtbus.ledger.Hash;
import io.thoughtbus.ledger.NodeSource;
import io.thoughtbus.ledger.Proof;
import io.thoughtbus.ledger.PublicKey;
import io.thoughtbus.ledger.SignedNote;
import io.thoughtbus.ledger.SigningKey;
import io.thoughtbus.server.redis.DurabilityGauge;
import io.thoughtbus.server.redis.GroupCommit;
import io.thoughtbus.server.redis.History;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.trail.Trail;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Signs what a ledger is, and keeps what was signed. Nothing is signed before it is on disk as far as Redis fsyncs at all,
 * and nothing that does not continue what this server signed before.
 */
@Component
class Checkpoints {
    private static final int MOST_KEPT = 1_000;

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final RedisLedger ledger;
    private final Signers signers;
    private final Witness witness;
    private final DurabilityGauge durability;
    private final GroupCommit commits;
    private final Trail trail;

    Checkpoints(
            RedisClient redis,
            RedisFunctions functions,
            RedisLedger ledger,
            Signers signers,
            DurabilityGauge durability,
            GroupCommit commits,
            Trail trail) {
        this.redis = redis;
        this.functions = functions;
        this.ledger = ledger;
        this.signers = signers;
        this.witness = new Witness(signers.directory());
        this.durability = durability;
        this.commits = commits;
        this.trail = trail;
    }

    /** The newest checkpoint, made now if the ledger has grown since the last one. */
    synchronized Kept make(String namespace) {
        Optional<Checkpoint> last = lastSigned(namespace);
        Optional<Kept> newest = newest(namespace);
        LedgerHead head = ledger.head(namespace);
        long signed = Math.max(
                last.map(Checkpoint::size).orElse(0L), newest.map(Kept::size).orElse(0L));
        if (signed > head.size()) {
            throw unsigned("the ledger of " + namespace + " has " + head.size() + " leaves and had " + signed
                    + " when it was signed: Redis has lost some, or has been put back. To go on all the same, remove "
                    + witness.file(namespace) + " and the key " + key(namespace));
        }
        if (newest.isPresent() && newest.get().size() == head.size()) {
            return newest.get();
        }
        List<SigningKey> keys = signers.signers();
        newest.ifPresent(kept -> noteRotation(namespace, kept, keys));
        awaitDisk();
        Checkpoint checkpoint = new Checkpoint(signers.origin(namespace), head.size(), verified(namespace, head, last));
        SignedNote note = checkpoint.sign(keys);
        try {
            witness.remember(namespace, note);
        } catch (UncheckedIOException e) {
            throw unsigned("what is signed cannot be remembered in " + signers.directory() + ": " + e.getMessage());
        }
        functions.call(
                RedisFunction.ADD_CHECKPOINT,
                List.of(new LedgerKeys(namespace).checkpoints()),
                List.of(head.size(), note.toString()));
        thin(namespace);
        return newest(namespace).orElseThrow(() -> unsigned("Redis has lost the checkpoint that it was given"));
    }

    /** Whether another key than that of a checkpoint signs now. */
    private boolean isRotated(String namespace, Kept last, List<SigningKey> keys) {
        PublicKey signs = keys.get(0).publicKey(signers.origin(namespace));
        return keys.size() > 1 && !SignedNote.parse(last.note()).isSignedBy(List.of(signs));
    }

    /** That a key has taken over is a record of the ledger, noted once, wherever the key was made. */
    private void noteRotation(String namespace, Kept last, List<SigningKey> keys) {
        if (isRotated(namespace, last, keys)) {
            String origin = signers.origin(namespace);
            PublicKey signs = keys.get(0).publicKey(origin);
            Map<String, String> body = Map.of(
                    "key",
                    signs.toString(),
                    "before",
                    keys.get(1).publicKey(origin).toString());
            trail.noteOnce(namespace, "key", origin, signs.toString(), body);
        }
    }

    /** The newest checkpoint there is. */
    Optional<Kept> newest(String namespace) {
        return redis.xrevrange(key(namespace), (StreamEntryID) null, null, 1).stream()
                .map(Kept::of)
                .findFirst();
    }

    /** Some checkpoints, the oldest first, after one. */
    List<Kept> list(String namespace, String after, int most) {
        return redis.xrange(key(namespace), "(" + after, "+", most).stream()
                .map(Kept::of)
                .toList();
    }

    private Optional<Checkpoint> lastSigned(String namespace) {
        try {
            return witness.last(namespace);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw unsigned("what was signed cannot be read from " + witness.file(namespace) + ": " + e.getMessage());
        }
    }

    /** The root, if the tree leads to it and continues what was signed last. */
    private Hash verified(String namespace, LedgerHead head, Optional<Checkpoint> last) {
        NodeSource nodes = ledger.nodes(namespace);
        try {
            Hash root = Proof.root(head.size(), nodes);
            if (!root.equals(GrowingTree.of(head.size(), head.peaks()).root())) {
                throw unsigned("the ledger of " + namespace + " was altered: its hashes do not lead to its root");
            }
            if (last.isPresent()) {
                requireContinued(namespace, last.get(), nodes);
            }
            return root;
        } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException e) {
            throw unsigned("the ledger of " + namespace + " cannot be verified: " + e.getMessage());
        }
    }

    private void requireContinued(String namespace, Checkpoint last, NodeSource nodes) {
        if (!Proof.root(last.size(), nodes).equals(last.root())) {
            throw unsigned("the first " + last.size() + " leaves of the ledger of " + namespace
                    + " are not those that were signed: " + witness.file(namespace) + " holds what was");
        }
    }

    private void awaitDisk() {
        if (!durability.now().fsyncs()) {
            return;
        }
        History history;
        try (Pipeline pipeline = redis.pipelined()) {
            History.Question question = History.ask(pipeline);
            pipeline.sync();
            history = question.answer();
        }
        if (!commits.reach(history, false).local()) {
            throw unsigned("the ledger did not reach the disk of Redis");
        }
    }

    /** Beyond so many every second of the older half goes: the older they are, the further apart. */
    private void thin(String namespace) {
        if (redis.xlen(key(namespace)) <= MOST_KEPT) {
            return;
        }
        List<StreamEntry> older = redis.xrange(key(namespace), (StreamEntryID) null, null, MOST_KEPT / 2);
        List<StreamEntryID> dropped = new ArrayList<>();
        for (int i = 1; i < older.size(); i += 2) {
            dropped.add(older.get(i).getID());
        }
        redis.xdel(key(namespace), dropped.toArray(StreamEntryID[]::new));
    }

    private static String key(String namespace) {
        return new LedgerKeys(namespace).checkpoints();
    }

    private static ProblemException unsigned(String why) {
        return new ProblemException(ProblemType.LEDGER_UNSIGNED, why);
    }

    /**
     * A checkpoint that is kept.
     *
     * @param id tells it from the others
     * @param size of the ledger then
     * @param at when it was signed
     * @param note what was signed, with the signatures
     */
    record Kept(String id, long size, Instant at, String note) {
        private static Kept of(StreamEntry entry) {
            return new Kept(
                    entry.getID().toString(),
                    Long.parseLong(Objects.requireNonNull(entry.getFields().get("z"))),
                    Instant.ofEpochMilli(entry.getID().getTime()),
                    Objects.requireNonNull(entry.getFields().get("n")));
        }

        byte[] bytes() {
            return note.getBytes(StandardCharsets.UTF_8);
        }
    }
}
