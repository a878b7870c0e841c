package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.Fact;
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

    /** As {@link #find}, each read only as far as it is asked for; those that the journal does not hold are left out. */
    public List<StoredFact> stored(String namespace, List<FactId> ids) {
        List<Response<List<Object>>> answers = entries(namespace, ids);
        List<StoredFact> facts = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            int shard = ids.get(i).shard();
            answers.get(i).get().forEach(entry -> facts.add(codec.stored(shard, (List<?>) entry)));
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
    public List<StoredFact> range(String namespace, int shard, String from, String to, int most) {
        List<Object> raw = redis.xrange(key(namespace, shard), RedisKeys.bytes(from), RedisKeys.bytes(to), most);
        return raw.stream().map(entry -> codec.stored(shard, (List<?>) entry)).toList();
    }

    /** As {@link #range}, without the embeddings, so that it does not matter which model made them. */
    public List<Fact> statements(String namespace, int shard, String from, String to, int most) {
        List<Object> raw = redis.xrange(key(namespace, shard), RedisKeys.bytes(from), RedisKeys.bytes(to), most);
        return BuilderFactory.STREAM_ENTRY_BINARY_LIST.build(raw).stream()
                .map(entry -> codec.fact(shard, entry))
                .toList();
    }

    /** As {@link #find}, without the embeddings; those that the journal does not hold are left out. */
    public List<Fact> statements(String namespace, List<FactId> ids) {
        List<Response<List<Object>>> answers = entries(namespace, ids);
        List<Fact> facts = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            int shard = ids.get(i).shard();
            BuilderFactory.STREAM_ENTRY_BINARY_LIST
                    .build(answers.get(i).get())
                    .forEach(entry -> facts.add(codec.fact(shard, entry)));
        }
        return facts;
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

    /** The position of the oldest fact that a shard holds; the one after its last, if it holds none. */
    public FactId first(String namespace, int shard) {
        List<StreamEntry> oldest = redis.xrange(RedisKeys.shard(namespace, shard, FACTS), "-", "+", 1);
        if (!oldest.isEmpty()) {
            return id(shard, oldest.get(0).getID());
        }
        FactId last = last(namespace, shard);
        return new FactId(shard, last.milliseconds(), last.sequence() + 1);
    }

    /** The first position from which on a shard holds all that came; empty if nothing has left it because it was old. */
    public Optional<FactId> wholeFrom(String namespace, int shard) {
        String trimmed = redis.hget(RedisKeys.shard(namespace, shard, "dispatch"), "trimmed");
        if (trimmed != null) {
            StreamEntryID last = new StreamEntryID(trimmed);
            return Optional.of(new FactId(shard, last.getTime(), last.getSequence() + 1));
        }
        return isTrimmedUnnoted(namespace, shard) ? Optional.of(first(namespace, shard)) : Optional.empty();
    }

    /** Whether facts have left from the front, and none from between, before that was noted. */
    private boolean isTrimmedUnnoted(String namespace, int shard) {
        String key = RedisKeys.shard(namespace, shard, FACTS);
        if (!redis.exists(key)) {
            return false;
        }
        StreamInfo info = redis.xinfoStream(key);
        long added = (Long) Objects.requireNonNull(info.getStreamInfo().get("entries-added"));
        return added > info.getLength()
                && "0-0".equals(String.valueOf(info.getStreamInfo().get("max-deleted-entry-id")));
    }

    /** How far back a shard goes. */
    public JournalExtent.Shard extent(String namespace, int shard) {
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
                added - info.getLength() - redis.zcard(RedisErased.key(namespace, shard)));
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
