package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.erasure.ErasureGate;
import io.thoughtbus.server.redis.RedisKeys;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

/** The dispatchers, which read each fact once: behind the cursor nothing is owed unseen. */
@Component
final class DispatchGate implements ErasureGate {
    private final RedisClient redis;

    DispatchGate(RedisClient redis) {
        this.redis = redis;
    }

    @Override
    public boolean isPassed(String namespace, FactId fact) {
        String cursor = redis.hget(RedisKeys.shard(namespace, fact.shard(), "dispatch"), "cursor");
        return cursor != null && new StreamEntryID(cursor).compareTo(Dispatcher.position(fact)) >= 0;
    }
}
