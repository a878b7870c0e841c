package io.thoughtbus.server.subscription;

import io.thoughtbus.server.redis.RedisKeys;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.json.JsonMapper;

/** When the index of each namespace was last found to be right, and what was last mended in it. */
@Component
public final class RedisIndexChecks {
    private static final String RIGHT = RedisKeys.registry("index:right");
    private static final String MENDED = RedisKeys.registry("index:mended");

    private final RedisClient redis;
    private final JsonMapper json;

    RedisIndexChecks(RedisClient redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    void right(String namespace, Instant at) {
        redis.hset(RIGHT, namespace, at.toString());
    }

    Optional<Instant> lastRight(String namespace) {
        return Optional.ofNullable(redis.hget(RIGHT, namespace)).map(Instant::parse);
    }

    void mended(String namespace, Mended mended) {
        redis.hset(MENDED, namespace, json.writeValueAsString(mended));
    }

    /** What was last mended in the namespaces where something was, not longer ago than a time. */
    public Map<String, Mended> mendedSince(Instant time) {
        Map<String, Mended> all = new TreeMap<>();
        redis.hgetAll(MENDED).forEach((namespace, stored) -> {
            Mended mended = json.readValue(stored, Mended.class);
            if (mended.at().isAfter(time)) {
                all.put(namespace, mended);
            }
        });
        return all;
    }
}
