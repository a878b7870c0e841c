package io.thoughtbus.server.redis;

import java.util.Map;
import java.util.Optional;

/** What is wrong with a Redis that answers, as its INFO tells: at the start of the bus, and while it runs. */
final class RedisFaults {
    private RedisFaults() {}

    /** It may throw away what it was given. */
    static Optional<UnsuitableRedisException> eviction(RedisAddress address, Map<String, String> info) {
        String policy = info.getOrDefault("maxmemory_policy", "noeviction");
        return policy.equals("noeviction")
                ? Optional.empty()
                : Optional.of(new UnsuitableRedisException(
                        "Redis at " + address + " may evict facts: its maxmemory-policy is " + policy,
                        "Set it with 'CONFIG SET maxmemory-policy noeviction' and in redis.conf."));
    }

    /** It takes no writes, because another one does. */
    static Optional<UnsuitableRedisException> replica(RedisAddress address, Map<String, String> info) {
        return "master".equals(info.getOrDefault("role", "master"))
                ? Optional.empty()
                : Optional.of(new UnsuitableRedisException(
                        "Redis at " + address + " is a replica, which cannot be written",
                        "Name the primary, " + info.get("master_host") + ":" + info.get("master_port")
                                + ", in thoughtbus.redis.uri."));
    }
}
