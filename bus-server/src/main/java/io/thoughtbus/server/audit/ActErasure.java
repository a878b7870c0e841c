package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.LedgerRecord;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.server.erasure.Rewriting;
import io.thoughtbus.server.redis.RedisTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Erases records of acts, salt and text. In the same step a leaf is appended that says so, so that there is never one
 * without the other; the hashes stay, and with them all proofs.
 */
@Component
final class ActErasure {
    private static final String KIND = "act-erasure";

    /** Records that are there to tell of erasures. */
    private static final Set<String> KEPT = Set.of(KIND, "erasure", "erased");

    private static final int MOST = 100;

    /** Others append to the ledger too; whoever comes too late reads and tries again. */
    private static final int MOST_TRIES = 20;

    private final RedisLedger ledger;
    private final Rewriting rewriting;
    private final RedisTime time;
    private final SecureRandom chance = new SecureRandom();

    ActErasure(RedisLedger ledger, Rewriting rewriting, RedisTime time) {
        this.ledger = ledger;
        this.rewriting = rewriting;
        this.time = time;
    }

    /** Erases those that are there; what is gone already needs no erasing. */
    Erased erase(String namespace, Draft draft) {
        for (int tries = 1; ; tries++) {
            try {
                Erased erased = tryTo(namespace, draft);
                rewriting.ask();
                return erased;
            } catch (JedisDataException e) {
                if (!RedisLedger.isFenced(e) || tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private Erased tryTo(String namespace, Draft draft) {
        LedgerHead head = ledger.head(namespace);
        Instant now = time.now();
        List<Long> held = held(namespace, draft.leaves(), head.size());
        if (held.isEmpty()) {
            return new Erased(held, draft.reason(), now);
        }
        LeafBatch batch = new LeafBatch(new LedgerKeys(namespace), head);
        String id = UUID.randomUUID().toString();
        byte[] salt = new byte[LedgerRecord.SALT];
        chance.nextBytes(salt);
        byte[] canonical = new LedgerRecord(KIND, id, body(held, draft.reason(), now)).canonical();
        batch.append(KIND, id, salt, canonical, LedgerRecord.leaf(salt, canonical));
        held.forEach(batch::erase);
        ledger.append(batch);
        return new Erased(held, draft.reason(), now);
    }

    private List<Long> held(String namespace, List<Long> leaves, long size) {
        List<Long> held = new ArrayList<>();
        for (long leaf : leaves.stream().distinct().sorted().toList()) {
            if (leaf < 0 || leaf >= size) {
                throw new InvalidFieldException("leaves", "must be within [0, " + size + ") but held " + leaf);
            }
            Optional<StreamEntry> record = ledger.record(namespace, leaf);
            record.ifPresent(entry -> requireErasable(leaf, entry));
            record.ifPresent(entry -> held.add(leaf));
        }
        return held;
    }

    private static void requireErasable(long leaf, StreamEntry record) {
        String kind = String.valueOf(record.getFields().get("k"));
        if (!record.getFields().containsKey("b")) {
            throw new InvalidFieldException(
                    "leaves", "must be of acts, but " + leaf + " is of " + kind + ", which is erased with its fact");
        }
        if (KEPT.contains(kind)) {
            throw new InvalidFieldException("leaves", "must not be of erasures, but " + leaf + " is");
        }
    }

    private static ObjectNode body(List<Long> leaves, String reason, Instant now) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode which = body.putArray("leaves");
        leaves.forEach(which::add);
        return body.put("reason", reason).put("at", now.toString());
    }

    /**
     * The wish that records be erased.
     *
     * @param leaves of which
     * @param reason why, for the record
     */
    record Draft(List<Long> leaves, String reason) {
        Draft {
            leaves = Fields.atMost("leaves", leaves, MOST);
            if (leaves.isEmpty()) {
                throw new InvalidFieldException("leaves", "must name records of acts");
            }
            Fields.text("reason", reason, Limits.REASON);
        }
    }

    /**
     * What was erased.
     *
     * @param leaves whose records were there
     */
    record Erased(List<Long> leaves, String reason, Instant at) {}
}
