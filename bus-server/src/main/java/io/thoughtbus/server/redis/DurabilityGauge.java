package io.thoughtbus.server.redis;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.KeyValue;

/** Tells which durability the connected Redis can give. */
public final class DurabilityGauge {
    private static final Logger log = LoggerFactory.getLogger(DurabilityGauge.class);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final long LONGEST_FSYNC_MILLIS = 100;

    private final RedisClient redis;
    private final LoadingCache<RedisClient, Durable> looks = Caffeine.newBuilder()
            .executor(Runnable::run)
            .expireAfterWrite(FRESH)
            .build(DurabilityGauge::look);

    DurabilityGauge(RedisClient redis) {
        this.redis = redis;
    }

    /** What the connected Redis gives now, or gave less than a second ago. */
    public Durable now() {
        return looks.get(redis);
    }

    /** Asks, in a pipeline, what {@link #isAlways} looks at. */
    public static Response<Map<String, String>> settings(Pipeline pipeline) {
        return pipeline.executeCommand(new CommandObject<>(
                new CommandArguments(Command.CONFIG)
                        .add("GET")
                        .add("appendonly")
                        .add("appendfsync"),
                BuilderFactory.STRING_MAP));
    }

    /**
     * Whether everything that this history held before the question was on disk before it was answered. Settings alone do
     * not tell: an append-only file that was just switched on counts only once it has been written for the first time.
     */
    public boolean isAlways(History history, Response<Map<String, String>> settings) {
        if (!fsync(settings).equals("always")) {
            return false;
        }
        try {
            Durable now = now();
            return now.always() && now.history().equals(history);
        } catch (JedisException e) {
            return false;
        }
    }

    private static Durable look(RedisClient redis) {
        Map<String, String> info = RedisCheck.parse(redis.info());
        if ("1".equals(info.get("loading"))) {
            throw new JedisDataException("LOADING Redis is loading the dataset in memory");
        }
        Response<Map<String, String>> settings;
        try (Pipeline pipeline = redis.pipelined()) {
            settings = settings(pipeline);
        }
        boolean appendOnly = "1".equals(info.get("aof_enabled"));
        String fsync = fsync(settings);
        int replicas = (int) info.entrySet().stream()
                .filter(entry -> entry.getKey().matches("slave\\d+"))
                .filter(entry -> entry.getValue().contains("state=online"))
                .count();
        return new Durable(
                History.of(info),
                appendOnly,
                fsync,
                !appendOnly || !fsync.equals("always") || isSettled(redis),
                replicas);
    }

    /** Under {@code always} a small write reaches the disk at once, unless the file is not yet one to start from. */
    private static boolean isSettled(RedisClient redis) {
        try (Pipeline pipeline = redis.pipelined()) {
            Response<String> mark = pipeline.set(RedisKeys.COMMIT, "");
            Response<KeyValue<Long, Long>> synced = pipeline.waitAOF(1, 0, LONGEST_FSYNC_MILLIS);
            pipeline.sync();
            return !mark.get().isEmpty() && synced.get().getKey() >= 1;
        } catch (JedisDataException e) {
            log.debug("Redis takes no writes, so that nothing can be told of its disk", e);
            return true;
        }
    }

    private static String fsync(Response<Map<String, String>> settings) {
        try {
            return "yes".equals(settings.get().get("appendonly"))
                    ? settings.get().getOrDefault("appendfsync", "")
                    : "";
        } catch (JedisDataException e) {
            return "";
        }
    }

    /**
     * What a Redis gives.
     *
     * @param history the writes that this holds for
     * @param appendOnly whether it writes an append-only file
     * @param fsync when that reaches the disk, as Redis calls it; empty if Redis does not tell
     * @param settled false while the append-only file is still being written for the first time
     * @param replicas how many replicas follow it
     */
    public record Durable(History history, boolean appendOnly, String fsync, boolean settled, int replicas) {

        /** Whether a write can be known to have reached the disk. */
        public boolean fsyncs() {
            return appendOnly && settled && !fsync.equals("no");
        }

        /** Whether every answer waits for the disk. */
        public boolean always() {
            return fsyncs() && fsync.equals("always");
        }

        /** Whether a write can be known to have reached the disk of a replica too. */
        public boolean replicates() {
            return fsyncs() && replicas > 0;
        }
    }
}
