package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.LedgerRecord;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntryBinary;

/**
 * Takes what happened in a namespace into its ledger: facts, then the records of their matches, then acts. Leaves and
 * cursors change together, so a crash between any two lines doubles nothing and misses nothing.
 */
@Component
class LedgerWriter {
    /** How the cursors of the sources are called. */
    static final String FACTS = "facts:";

    static final String MATCHES = "matches:";
    private static final String TRAIL = "trail";

    static final int MOST_FACTS = 128;
    private static final int MOST_ACTS = 512;

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final RedisLedger ledger;
    private final Shards shards;
    private final SecureRandom chance = new SecureRandom();

    LedgerWriter(RedisClient redis, RedisFunctions functions, RedisLedger ledger, Shards shards) {
        this.redis = redis;
        this.functions = functions;
        this.ledger = ledger;
        this.shards = shards;
    }

    /**
     * Takes some of what the ledger does not have yet.
     *
     * @param subscriptions in whose trails to look
     * @return how many leaves were appended
     */
    int advance(String namespace, List<String> subscriptions) {
        Step step = read(namespace, subscriptions);
        append(step);
        drain(step);
        return step.batch().count();
    }

    /** Reads what is new: acts before matches before facts, so that nothing is read without what led to it. */
    Step read(String namespace, List<String> subscriptions) {
        List<String> sources = new ArrayList<>(streams(shards));
        sources.add(TRAIL);
        subscriptions.forEach(subscription -> sources.add(trail(subscription)));
        LedgerHead head = ledger.head(namespace, sources);
        List<Response<List<byte[]>>> trails = new ArrayList<>();
        List<Response<List<Object>>> matches = new ArrayList<>();
        List<Response<List<Object>>> facts = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            trails.add(pipeline.lrange(RedisKeys.bytes(LedgerKeys.trail(namespace)), 0, MOST_ACTS - 1));
            for (String subscription : subscriptions) {
                trails.add(
                        pipeline.lrange(RedisKeys.bytes(LedgerKeys.trail(namespace, subscription)), 0, MOST_ACTS - 1));
            }
            for (int shard = 0; shard < shards.count(); shard++) {
                byte[] key = RedisKeys.bytes(RedisKeys.shard(namespace, shard, JournalRecords.MATCHES));
                matches.add(pipeline.xrange(key, after(head, MATCHES + shard), RedisKeys.bytes("+"), MOST_FACTS));
            }
            for (int shard = 0; shard < shards.count(); shard++) {
                byte[] key = RedisJournal.key(namespace, shard);
                facts.add(pipeline.xrange(key, after(head, FACTS + shard), RedisKeys.bytes("+"), MOST_FACTS));
            }
        }
        LeafBatch batch = new LeafBatch(new LedgerKeys(namespace), head);
        for (int shard = 0; shard < shards.count(); shard++) {
            StreamEntryID reached = takeFacts(batch, shard, head, entries(facts.get(shard)));
            takeMatches(batch, shard, reached, entries(matches.get(shard)));
        }
        Map<String, String> drained = new LinkedHashMap<>();
        String last = takeActs(batch, head, TRAIL, "", trails.get(0).get());
        drained.put(LedgerKeys.trail(namespace), last);
        for (int i = 0; i < subscriptions.size(); i++) {
            String subscription = subscriptions.get(i);
            last = takeActs(
                    batch,
                    head,
                    trail(subscription),
                    subscription,
                    trails.get(i + 1).get());
            drained.put(LedgerKeys.trail(namespace, subscription), last);
        }
        drained.values().removeIf(String::isEmpty);
        return new Step(batch, drained);
    }

    void append(Step step) {
        if (!step.batch().isEmpty()) {
            ledger.append(step.batch());
        }
    }

    /** Empties the trails of what is in the ledger. */
    void drain(Step step) {
        functions.callEach(
                RedisFunction.DRAIN_TRAIL,
                step.drained().entrySet().stream()
                        .map(drained -> new RedisFunctions.Call(List.of(drained.getKey()), List.of(drained.getValue())))
                        .toList());
    }

    /** How the cursors of all streams are called. */
    static List<String> streams(Shards shards) {
        List<String> streams = new ArrayList<>();
        shards.all().forEach(shard -> streams.addAll(List.of(FACTS + shard, MATCHES + shard)));
        return streams;
    }

    /** How the cursor of a subscription's trail is called. */
    static String trail(String subscription) {
        return TRAIL + "/" + subscription;
    }

    private static StreamEntryID takeFacts(
            LeafBatch batch, int shard, LedgerHead head, List<StreamEntryBinary> entries) {
        StreamEntryID reached = head.stream(FACTS + shard);
        long first = batch.size();
        for (StreamEntryBinary entry : entries) {
            LedgerRecord fact = JournalRecords.fact(shard, entry);
            batch.append(fact.kind(), fact.id(), JournalRecords.leaf(JournalRecords.salt(entry), fact));
            reached = entry.getID();
        }
        if (!entries.isEmpty()) {
            batch.place(shard, reached.toString(), first);
            batch.reached(FACTS + shard, reached.toString());
        }
        return reached;
    }

    private void takeMatches(LeafBatch batch, int shard, StreamEntryID facts, List<StreamEntryBinary> entries) {
        for (StreamEntryBinary entry : entries) {
            if (entry.getID().compareTo(facts) <= 0) {
                LedgerRecord matches = JournalRecords.matches(shard, entry);
                byte[] salt = salt();
                batch.append(matches.kind(), matches.id(), salt, new byte[0], JournalRecords.leaf(salt, matches));
                batch.reached(MATCHES + shard, entry.getID().toString());
            }
        }
    }

    /** Takes the acts of a trail; the number of the last one there, if there is one. */
    private String takeActs(LeafBatch batch, LedgerHead head, String source, String subscription, List<byte[]> stored) {
        String last = "";
        for (byte[] line : stored) {
            NotedAct act = NotedAct.parse(line);
            if (act.isAfter(head.trail(source))) {
                LedgerRecord record = subscription.isEmpty() ? act.ofNamespace() : act.of(subscription);
                byte[] salt = salt();
                byte[] canonical = record.canonical();
                batch.append(record.kind(), record.id(), salt, canonical, LedgerRecord.leaf(salt, canonical));
                batch.reached(source, act.number());
            }
            last = act.number();
        }
        return last;
    }

    private byte[] salt() {
        byte[] salt = new byte[LedgerRecord.SALT];
        chance.nextBytes(salt);
        return salt;
    }

    private static byte[] after(LedgerHead head, String source) {
        return RedisKeys.bytes("(" + head.stream(source));
    }

    private static List<StreamEntryBinary> entries(Response<List<Object>> answer) {
        return BuilderFactory.STREAM_ENTRY_BINARY_LIST.build(answer.get());
    }

    /**
     * What is to be appended, and how far each trail can be emptied then.
     *
     * @param drained number of the last act by trail
     */
    record Step(LeafBatch batch, Map<String, String> drained) {}
}
