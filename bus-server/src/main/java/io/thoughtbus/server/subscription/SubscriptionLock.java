package io.thoughtbus.server.subscription;

import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** Lets one caller at a time change a subscription, on all servers. */
@Component
final class SubscriptionLock {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(10);

    private final RedisClient redis;
    private final RedisFunctions functions;

    SubscriptionLock(RedisClient redis, RedisFunctions functions) {
        this.redis = redis;
        this.functions = functions;
    }

    /** Makes a change while nobody else makes one. */
    <T> T whileHeld(String namespace, String subscription, Supplier<T> change) {
        String key = RedisKeys.registry("lock:" + namespace + "/" + subscription);
        String token = UUID.randomUUID().toString();
        acquire(key, token, subscription);
        try {
            return change.get();
        } finally {
            functions.call(RedisFunction.RELEASE_LOCK, List.of(key), List.of(token));
        }
    }

    private void acquire(String key, String token, String subscription) {
        SetParams once = SetParams.setParams().nx().px(LEASE.toMillis());
        long started = System.nanoTime();
        while (redis.set(key, token, once) == null) {
            if (System.nanoTime() - started > LONGEST_WAIT.toNanos()) {
                throw new ProblemException(
                        ProblemType.SUBSCRIPTION_BUSY, "the subscription " + subscription + " is being changed");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.STOPPING, "the bus is stopping");
        }
    }
}
