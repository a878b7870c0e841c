package io.thoughtbus.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.history.Journalled;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.util.KeyValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Redis holds of a namespace, read past the bus. */
final class Ground {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SHARDS = 4;
    private static final int PAGE = 1_000;
    private static final long LONGEST_FSYNC_MILLIS = 10_000;

    private final RedisClient redis;
    private final String namespace;

    Ground(RedisClient redis, String namespace) {
        this.redis = redis;
        this.namespace = namespace;
    }

    /** Waits until what was written before is on disk, so that a power cut does not undo what a run presupposes. */
    void awaitDisk() {
        try (Pipeline pipeline = redis.pipelined()) {
            pipeline.set(RedisKeys.registry("ready"), namespace);
            Response<KeyValue<Long, Long>> synced = pipeline.waitAOF(1, 0, LONGEST_FSYNC_MILLIS);
            pipeline.sync();
            assertThat(synced.get().getKey()).isEqualTo(1);
        }
    }

    /** Every fact, each shard in its order. */
    List<Journalled> journal() {
        List<Journalled> facts = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            StreamEntryID from = StreamEntryID.MINIMUM_ID;
            List<StreamEntry> page;
            do {
                page = redis.xrange(key(shard, "facts"), from, StreamEntryID.MAXIMUM_ID, PAGE);
                for (StreamEntry entry : page) {
                    facts.add(fact(shard, entry));
                    from = new StreamEntryID(
                            entry.getID().getTime(), entry.getID().getSequence() + 1);
                }
            } while (page.size() == PAGE);
        }
        return facts;
    }

    /** Whether every fact has been dispatched, every wake settled, and every past delivered. */
    boolean isQuiet(Collection<String> subscriptions) {
        return IntStream.range(0, SHARDS).allMatch(this::isDispatched)
                && redis.hlen("tb:{registry}:replays") == 0
                && areEmpty(subscriptions);
    }

    private boolean isDispatched(int shard) {
        String cursor = redis.hget(key(shard, "dispatch"), "cursor");
        try {
            StreamEntryID last = redis.xinfoStream(key(shard, "facts")).getLastGeneratedId();
            return last.toString().equals(cursor);
        } catch (JedisDataException noSuchKey) {
            return true;
        }
    }

    private boolean areEmpty(Collection<String> subscriptions) {
        List<Response<Long>> sizes = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            subscriptions.forEach(id -> sizes.add(pipeline.zcard("tb:{" + namespace + "/" + id + "}:inbox")));
        }
        return sizes.stream().allMatch(size -> size.get() == 0);
    }

    private String key(int shard, String name) {
        return "tb:{" + namespace + "/" + shard + "}:" + name;
    }

    private static Journalled fact(int shard, StreamEntry entry) {
        JsonNode fact = JSON.readTree(entry.getFields().get("f"));
        return new Journalled(
                new FactId(shard, entry.getID().getTime(), entry.getID().getSequence()),
                fact.get("p").asString(),
                fact.get("k").asString(),
                fact.get("s").asString(),
                fact.get("t").asString());
    }
}
