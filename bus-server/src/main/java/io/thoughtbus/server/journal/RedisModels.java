package io.thoughtbus.server.journal;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;

/** The ids of all models whose embeddings the journal holds, by their tags. */
@Component
public final class RedisModels {
    private static final String KEY = RedisKeys.registry("models");

    private final RedisClient redis;
    private final String current;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    RedisModels(RedisClient redis, Embedder embedder) {
        this.redis = redis;
        this.current = embedder.modelId().tag();
        redis.hset(KEY, current, embedder.modelId().toString());
    }

    /** The tag of the model in use. */
    public String currentTag() {
        return current;
    }

    /** The tags of all models there have been. */
    public Set<String> tags() {
        return redis.hkeys(KEY);
    }

    /** How many models there have been. */
    public long count() {
        return redis.hlen(KEY);
    }

    /** The id of the model with this tag; the tag itself if nobody remembers. */
    public String idOf(String tag) {
        String id = known.get(tag);
        if (id == null) {
            known.putAll(redis.hgetAll(KEY));
            id = known.getOrDefault(tag, tag);
        }
        return id;
    }
}
