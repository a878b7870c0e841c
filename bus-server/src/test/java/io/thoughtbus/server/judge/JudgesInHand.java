package io.thoughtbus.server.judge;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thoughtbus.server.redis.RedisInHand;
import java.time.Clock;
import java.time.Duration;

/** Second stages put together by hand. */
public final class JudgesInHand {
    private JudgesInHand() {}

    /** What a bus without a second stage asks. */
    public static BoundedJudge none() {
        JudgeProperties properties =
                new JudgeProperties(null, null, null, null, null, Duration.ofSeconds(10), 16, 100, 0.5);
        return new BoundedJudge(
                null,
                new RedisBudget(RedisInHand.client(), Clock.systemUTC(), properties.aDay()),
                properties,
                Ticker.systemTicker(),
                new SimpleMeterRegistry());
    }
}
