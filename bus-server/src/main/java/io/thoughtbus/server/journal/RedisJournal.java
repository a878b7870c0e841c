package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.JournalExtent;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamEntryBinary;
import redis.clients.jedis.resps.StreamInfo;

/** Reads the fact streams. */
public final class RedisJournal {
    static final String FACTS = "facts";

    private final RedisClient redis;
    private final FactCodec codec;

    RedisJournal(RedisClient redis, FactCodec codec) {
        this.redis = redis;
        this.codec = codec;
    }

    /** The same journal, read through another client. */
    public RedisJournal through(RedisClient other) {
        return new RedisJournal(other, codec);
    }

    /** The facts at these positions, in their order; empty where the journal holds none. */
    public List<Optional<JournalledFact>> find(String namespace, List<FactId> ids) {
        List<Response<List<Object>>> answers = entries(namespace, ids);
        List<Optional<JournalledFact>> facts = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            facts.add(decode(ids.get(i).shard(), answers.get(i).get()).stream().findFirst());
        }
        return facts;
    }

    /** Where the facts at these positions stand in chains of causes; empty where the journal holds none. */
    List<Optional<Descent>> descents(String namespace, List<FactId> ids) {
        List<Response<List<Object>>> answers = entries(namespace, ids);
        return answers.stream()
                .map(answer -> BuilderFactory.STREAM_ENTRY_BINARY_LIST.build(answer.get()).stream()
                        .findFirst()
                        .map(codec::descent))
                .toList();
    }

    /**
     * The oldest facts of a shard between two positions, each as XRANGE takes it: with a parenthesis before it, it does
     * not belong to the range.
     */
    public List<JournalledFact> range(String namespace, int shard, String from, String to, int most) {
        return decode(shard, redis.xrange(key(namespace, shard), RedisKeys.bytes(from), RedisKeys.bytes(to), most));
    }

    /**
     * The newest facts of a shard up to a position, as XREVRANGE takes it: with a parenthesis before it, it does not belong
     * to the range. Ends before the first that another model embedded.
     */
    public List<JournalledFact> latest(String namespace, int shard, String to, int most) {
        List<Object> raw = redis.xrevrange(key(namespace, shard), RedisKeys.bytes(to), RedisKeys.bytes("-"), most);
        return BuilderFactory.STREAM_ENTRY_BINARY_LIST.build(raw).stream()
                .map(entry -> codec.decodePresent(shard, entry))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The last position of a shard, also if its fact is gone; the origin if it never had one. */
    public FactId last(String namespace, int shard) {
        String key = RedisKeys.shard(namespace, shard, FACTS);
        return redis.exists(key) ? id(shard, redis.xinfoStream(key).getLastGeneratedId()) : new FactId(shard, 0, 0);
    }

    /** How far back a shard goes. */
    JournalExtent.Shard extent(String namespace, int shard) {
        String key = RedisKeys.shard(namespace, shard, FACTS);
        if (!redis.exists(key)) {
            return new JournalExtent.Shard(shard, 0, null, null, 0);
        }
        StreamInfo info = redis.xinfoStream(key);
        StreamEntry first = info.getFirstEntry();
        long added = (Long) Objects.requireNonNull(info.getStreamInfo().get("entries-added"));
        return new JournalExtent.Shard(
                shard,
                info.getLength(),
                first == null ? null : id(shard, first.getID()),
                id(shard, info.getLastGeneratedId()),
                added - info.getLength());
    }

    /** The facts in the entries of one shard's stream. */
    public List<JournalledFact> facts(int shard, List<StreamEntryBinary> entries) {
        return entries.stream().map(entry -> codec.decode(shard, entry)).toList();
    }

    /** The key of a shard's stream. */
    public static byte[] key(String namespace, int shard) {
        return RedisKeys.bytes(RedisKeys.shard(namespace, shard, FACTS));
    }

    /** What comes before the position in the key of a fact in live memory. */
    public static String memoryPrefix(String namespace, int shard, String model) {
        return RedisKeys.shard(namespace, shard, "fact:" + model + ":");
    }

    /** A fact's position within its shard's stream. */
    public static String position(FactId id) {
        return id.milliseconds() + "-" + id.sequence();
    }

    private List<Response<List<Object>>> entries(String namespace, List<FactId> ids) {
        List<Response<List<Object>>> answers = new ArrayList<>(ids.size());
        try (Pipeline pipeline = redis.pipelined()) {
            for (FactId id : ids) {
                byte[] position = RedisKeys.bytes(position(id));
                answers.add(pipeline.xrange(key(namespace, id.shard()), position, position));
            }
        }
        return answers;
    }

    private static FactId id(int shard, StreamEntryID position) {
        return new FactId(shard, position.getTime(), position.getSequence());
    }

    private List<JournalledFact> decode(int shard, List<Object> raw) {
        return facts(shard, BuilderFactory.STREAM_ENTRY_BINARY_LIST.build(raw));
    }
}
