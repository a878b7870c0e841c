package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.NodeSource;
import io.thoughtbus.ledger.Tile;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XTrimParams;
import redis.clients.jedis.resps.StreamEntry;

/** The ledgers as Redis holds them: hashes in tiles for good, and the records that the journal does not hold for a while. */
@Component
class RedisLedger {
    private static final int TRIMMED_TOGETHER = 1_000;

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final LedgerProperties properties;

    RedisLedger(RedisClient redis, RedisFunctions functions, LedgerProperties properties) {
        this.redis = redis;
        this.functions = functions;
        this.properties = properties;
    }

    /** Where a ledger ends. */
    LedgerHead head(String namespace) {
        return head(namespace, List.of());
    }

    /** Where a ledger ends, and how far it has taken some sources. */
    LedgerHead head(String namespace, List<String> sources) {
        return head(redis, namespace, sources);
    }

    static LedgerHead head(RedisClient redis, String namespace, List<String> sources) {
        byte[] key = RedisKeys.bytes(new LedgerKeys(namespace).head());
        return LedgerHead.of(sources, redis.hmget(key, LedgerHead.fields(sources)));
    }

    /** Appends leaves, unless others were appended since the batch was begun. */
    void append(LeafBatch batch) {
        functions.call(RedisFunction.APPEND_LEAVES, batch.keys(), batch.arguments(properties.retention()));
    }

    /** Whether a batch was refused because others had been appended. */
    static boolean isFenced(JedisDataException e) {
        return String.valueOf(e.getMessage()).startsWith("FENCED");
    }

    /** The nodes of a ledger. */
    NodeSource nodes(String namespace) {
        return Tile.nodes(tiles -> tiles(namespace, tiles));
    }

    /** The hashes of some tiles, as far as there are any. */
    List<byte[]> tiles(String namespace, List<Tile> tiles) {
        LedgerKeys keys = new LedgerKeys(namespace);
        List<Response<byte[]>> answers = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            tiles.forEach(tile -> answers.add(pipeline.get(RedisKeys.bytes(keys.tile(tile)))));
        }
        return answers.stream()
                .map(answer -> Objects.requireNonNullElseGet(answer.get(), () -> new byte[0]))
                .toList();
    }

    /** What the ledger holds of a leaf's record, if it still does. */
    Optional<StreamEntry> record(String namespace, long leaf) {
        StreamEntryID id = recordId(leaf);
        return redis.xrange(new LedgerKeys(namespace).records(), id, id).stream()
                .findFirst();
    }

    /** The leaf of a fact, if the ledger has taken it and still knows. */
    OptionalLong leafOf(String namespace, FactId fact) {
        LedgerKeys keys = new LedgerKeys(namespace);
        StreamEntryID position = new StreamEntryID(fact.milliseconds(), fact.sequence());
        for (StreamEntry place : redis.xrange(keys.places(fact.shard()), position, null, 1)) {
            Map<String, String> fields = place.getFields();
            long first = Long.parseLong(Objects.requireNonNull(fields.get("f")));
            long last = Long.parseLong(Objects.requireNonNull(fields.get("l")));
            return redis.xrange(keys.records(), recordId(first), recordId(last)).stream()
                    .filter(record ->
                            JournalRecords.FACT.equals(record.getFields().get("k"))
                                    && fact.toString().equals(record.getFields().get("i")))
                    .mapToLong(record -> record.getID().getTime() - 1)
                    .findFirst();
        }
        return OptionalLong.empty();
    }

    /** The first leaf of a tree that was appended at a time or later; the tree's size if there is none. */
    long firstAt(String namespace, long size, long milliseconds) {
        long low = 0;
        long high = size;
        while (low < high) {
            long middle = (low + high) >>> 1;
            StreamEntry record = next(namespace, middle, size);
            if (record == null || appended(record) >= milliseconds) {
                high = middle;
            } else {
                low = record.getID().getTime();
            }
        }
        return low;
    }

    /** Forgets the oldest records and places that were appended before a time; their hashes stay. */
    void trim(String namespace, int shards, long milliseconds) {
        LedgerKeys keys = new LedgerKeys(namespace);
        long kept = trimRecords(keys.records(), milliseconds);
        for (int shard = 0; shard < shards; shard++) {
            trimPlaces(keys.places(shard), kept);
        }
    }

    /** The first record that is kept, or would be. */
    private long trimRecords(String key, long milliseconds) {
        long kept = 0;
        List<StreamEntry> first = oldest(key, 1);
        while (!first.isEmpty() && appended(first.get(0)) < milliseconds) {
            kept = oldest(key, TRIMMED_TOGETHER).stream()
                            .takeWhile(record -> appended(record) < milliseconds)
                            .mapToLong(record -> record.getID().getTime())
                            .max()
                            .orElse(0)
                    + 1;
            redis.xtrim(key, XTrimParams.xTrimParams().minId(kept + "-0"));
            first = oldest(key, 1);
        }
        return first.isEmpty() ? kept : first.get(0).getID().getTime();
    }

    private void trimPlaces(String key, long keptRecord) {
        if (oldest(key, 1).stream().noneMatch(place -> isGone(place, keptRecord))) {
            return;
        }
        oldest(key, TRIMMED_TOGETHER).stream()
                .filter(place -> isGone(place, keptRecord))
                .reduce((a, b) -> b)
                .ifPresent(last -> redis.xtrim(
                        key,
                        XTrimParams.xTrimParams()
                                .minId(last.getID().getTime() + "-"
                                        + (last.getID().getSequence() + 1))));
    }

    private static boolean isGone(StreamEntry place, long keptRecord) {
        return Long.parseLong(Objects.requireNonNull(place.getFields().get("l"))) + 1 < keptRecord;
    }

    private List<StreamEntry> oldest(String key, int most) {
        return redis.xrange(key, (StreamEntryID) null, null, most);
    }

    private @Nullable StreamEntry next(String namespace, long leaf, long size) {
        List<StreamEntry> found =
                redis.xrange(new LedgerKeys(namespace).records(), recordId(leaf), recordId(size - 1), 1);
        return found.isEmpty() ? null : found.get(0);
    }

    private static long appended(StreamEntry record) {
        return Long.parseLong(Objects.requireNonNull(record.getFields().get("t")));
    }

    static StreamEntryID recordId(long leaf) {
        return new StreamEntryID(leaf + 1, 0);
    }
}
