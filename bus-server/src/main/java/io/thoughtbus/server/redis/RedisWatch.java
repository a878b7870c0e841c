package io.thoughtbus.server.redis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;

/** Looks, while the bus runs, for what it would have refused at its start and what may have changed since. */
public final class RedisWatch {
    private final RedisClient redis;
    private final RedisAddress address;

    RedisWatch(RedisClient redis, RedisAddress address) {
        this.redis = redis;
        this.address = address;
    }

    /** What is wrong with the connected Redis, each with what to change. */
    public List<String> faults() {
        Map<String, String> info = RedisCheck.parse(redis.info());
        return Stream.of(RedisFaults.eviction(address, info), RedisFaults.replica(address, info))
                .flatMap(Optional::stream)
                .map(fault -> fault.getMessage() + ". " + fault.remedy())
                .toList();
    }
}
