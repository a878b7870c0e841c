package io.thoughtbus.server.feedback;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.server.delivery.Judgements;
import io.thoughtbus.server.loop.LoopRunner;
import io.thoughtbus.server.recent.NewestFacts;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisLease;
import io.thoughtbus.server.subscription.RedisLearners;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts feedback together. */
@Configuration(proxyBeanMethods = false)
class FeedbackConfiguration {
    private static final Duration LEASE = Duration.ofMinutes(2);

    @Bean
    LoopRunner relearningLoopRunner(
            RedisFunctions functions,
            RedisLearners learners,
            Judgements judgements,
            NewestFacts newest,
            Relearning relearning,
            Ticker ticker) {
        RedisLease lease = new RedisLease(functions, RedisKeys.registry("lock:relearning"), LEASE);
        return new LoopRunner(new RelearningLoop(lease, learners, judgements, newest, relearning, ticker));
    }
}
