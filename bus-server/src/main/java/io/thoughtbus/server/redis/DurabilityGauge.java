package io.thoughtbus.server.redis;

import java.util.Map;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** Tells which durability the connected Redis can give. */
public final class DurabilityGauge {
    private final RedisClient redis;

    DurabilityGauge(RedisClient redis) {
        this.redis = redis;
    }

    /** What the connected Redis gives now. */
    public Durable now() {
        Map<String, String> info = RedisCheck.parse(redis.info());
        if ("1".equals(info.get("loading"))) {
            throw new JedisDataException("LOADING Redis is loading the dataset in memory");
        }
        return new Durable(
                "1".equals(info.get("aof_enabled")),
                always(),
                Integer.parseInt(info.getOrDefault("connected_slaves", "0")));
    }

    /** Asks, in a pipeline, what {@link #isAlways} looks at. */
    public static Response<Map<String, String>> settings(Pipeline pipeline) {
        return pipeline.executeCommand(askSettings());
    }

    /** Whether everything that was written before the question was on disk before it was answered. */
    public static boolean isAlways(Response<Map<String, String>> settings) {
        try {
            return isAlways(settings.get());
        } catch (JedisDataException e) {
            return false;
        }
    }

    private boolean always() {
        try {
            return isAlways(redis.executeCommand(askSettings()));
        } catch (JedisDataException e) {
            return false;
        }
    }

    private static CommandObject<Map<String, String>> askSettings() {
        return new CommandObject<>(
                new CommandArguments(Command.CONFIG).add("GET").add("append*"), BuilderFactory.STRING_MAP);
    }

    private static boolean isAlways(Map<String, String> settings) {
        return "yes".equals(settings.get("appendonly")) && "always".equals(settings.get("appendfsync"));
    }

    /**
     * What a Redis gives.
     *
     * @param appendOnly whether it writes an append-only file
     * @param always whether every answer waits for the disk
     * @param replicas how many replicas are connected
     */
    public record Durable(boolean appendOnly, boolean always, int replicas) {}
}
