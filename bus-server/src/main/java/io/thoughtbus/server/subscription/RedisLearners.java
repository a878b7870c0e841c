package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** The subscriptions that learn by themselves, each with the position of the last judgement that it has learned from. */
@Component
public final class RedisLearners {
    private static final String KEY = RedisKeys.registry("learners");
    private static final String NONE = "0-0";

    private final RedisClient redis;

    RedisLearners(RedisClient redis) {
        this.redis = redis;
    }

    /** All that learn: {@code namespace/subscription} and the position. */
    public Map<String, String> all() {
        return redis.hgetAll(KEY);
    }

    /** Notes up to where a subscription has learned. */
    public void learned(String namespace, String id, String position) {
        redis.hset(KEY, name(namespace, id), position);
    }

    /** Notes whether a subscription learns; where it has come to stays. */
    void note(String namespace, String id, boolean learns) {
        if (learns) {
            redis.hsetnx(KEY, name(namespace, id), NONE);
        } else {
            forget(namespace, id);
        }
    }

    /** Forgets one that does not learn any more. */
    public void forget(String namespace, String id) {
        redis.hdel(KEY, name(namespace, id));
        redis.srem(taughtKey(namespace), id);
        redis.del(taughtKey(namespace, id));
    }

    /** Notes, before a subscription knows what facts have taught it, which those are. */
    void taught(String namespace, String id, Collection<FactId> facts) {
        if (!facts.isEmpty()) {
            redis.sadd(taughtKey(namespace), id);
            redis.sadd(
                    taughtKey(namespace, id),
                    facts.stream().map(FactId::toString).toArray(String[]::new));
        }
    }

    /** The subscriptions that may have been taught something by one of some facts. */
    public List<String> taughtBy(String namespace, Collection<FactId> facts) {
        String[] ids = facts.stream().map(FactId::toString).toArray(String[]::new);
        Map<String, Response<List<Boolean>>> answers = new LinkedHashMap<>();
        try (Pipeline pipeline = redis.pipelined()) {
            redis.smembers(taughtKey(namespace))
                    .forEach(id -> answers.put(id, pipeline.smismember(taughtKey(namespace, id), ids)));
        }
        return answers.entrySet().stream()
                .filter(answer -> answer.getValue().get().contains(true))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Notes that a subscription knows no longer what some facts have taught it. */
    public void forgotten(String namespace, String id, Collection<FactId> facts) {
        redis.srem(
                taughtKey(namespace, id), facts.stream().map(FactId::toString).toArray(String[]::new));
    }

    private static String taughtKey(String namespace) {
        return RedisKeys.namespace(namespace, "taught");
    }

    private static String taughtKey(String namespace, String id) {
        return RedisKeys.namespace(namespace, "taught:" + id);
    }

    private static String name(String namespace, String id) {
        return namespace + "/" + id;
    }
}
