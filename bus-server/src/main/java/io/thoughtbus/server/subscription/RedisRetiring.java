package io.thoughtbus.server.subscription;

import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;

/** The versions that have been superseded and still decide facts that have not been dispatched. */
@Component
final class RedisRetiring {
    private static final String KEY = RedisKeys.registry("retiring");

    private final RedisClient redis;

    RedisRetiring(RedisClient redis) {
        this.redis = redis;
    }

    void add(String namespace, List<InterestRef> old, long supersededBy) {
        Map<String, String> fields = new HashMap<>();
        old.forEach(ref -> fields.put(field(namespace, ref), Long.toString(supersededBy)));
        if (!fields.isEmpty()) {
            redis.hset(KEY, fields);
        }
    }

    boolean contains(String namespace, InterestRef old) {
        return redis.hexists(KEY, field(namespace, old));
    }

    void remove(String namespace, InterestRef old) {
        redis.hdel(KEY, field(namespace, old));
    }

    List<Retiring> all() {
        List<Retiring> all = new ArrayList<>();
        redis.hgetAll(KEY).forEach((field, supersededBy) -> {
            String[] parts = field.split("/", -1);
            InterestRef old = new InterestRef(parts[1], Long.parseLong(parts[2]));
            all.add(new Retiring(parts[0], old, new InterestRef(parts[1], Long.parseLong(supersededBy))));
        });
        return all;
    }

    private static String field(String namespace, InterestRef old) {
        return namespace + "/" + old.subscription() + "/" + old.revision();
    }

    /** A superseded version and the one after it. */
    record Retiring(String namespace, InterestRef old, InterestRef next) {}
}
