package io.thoughtbus.server.judge;

import io.thoughtbus.server.redis.RedisKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;

/** How many questions of a namespace may still be asked today, over all servers. */
final class RedisBudget {
    private static final Duration KEPT = Duration.ofDays(2);

    private final RedisClient redis;
    private final Clock clock;
    private final long aDay;

    RedisBudget(RedisClient redis, Clock clock, long aDay) {
        this.redis = redis;
        this.clock = clock;
        this.aDay = aDay;
    }

    /** Counts some questions as asked, and returns how many of them may be. */
    int spend(String namespace, int questions) {
        String key = RedisKeys.namespace(namespace, "asked:" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        Response<Long> asked;
        try (Pipeline pipeline = redis.pipelined()) {
            pipeline.set(key, "0", SetParams.setParams().nx().ex(KEPT.toSeconds()));
            asked = pipeline.incrBy(key, questions);
        }
        long before = asked.get() - questions;
        return (int) Math.max(0, Math.min(questions, aDay - before));
    }
}
