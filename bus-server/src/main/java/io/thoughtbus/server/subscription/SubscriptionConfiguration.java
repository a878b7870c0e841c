package io.thoughtbus.server.subscription;

import com.redis.om.spring.annotations.EnableRedisDocumentRepositories;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.loop.LoopRunner;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisLease;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.RedisClient;

/** Puts subscriptions together. */
@Configuration(proxyBeanMethods = false)
@EnableRedisDocumentRepositories
class SubscriptionConfiguration {

    @Bean
    RedisActivations activations(RedisClient redis, RedisFunctions functions, Shards shards) {
        return new RedisActivations(redis, functions, shards);
    }

    @Bean
    LoopRunner indexLoop(
            RedisFunctions functions, Namespaces namespaces, IndexWatch watch, IndexCheck check, Clock clock) {
        RedisLease lease = new RedisLease(functions, RedisKeys.registry("lock:index"), IndexLoop.EVERY.multipliedBy(3));
        return new LoopRunner(new IndexLoop(lease, namespaces, watch, check, clock));
    }

    @Bean
    LoopRunner historyLoop(RedisFunctions functions, Namespaces namespaces, PastVersions past) {
        RedisLease lease =
                new RedisLease(functions, RedisKeys.registry("lock:history"), HistoryLoop.EVERY.multipliedBy(3));
        return new LoopRunner(new HistoryLoop(lease, namespaces, past));
    }

    @Bean
    LoopRunner subscriptionLoop(
            SubscriptionRegistry registry,
            Subscriptions subscriptions,
            RedisRetiring retiring,
            RedisActivations activations,
            Interests interests) {
        return new LoopRunner(new SubscriptionLoop(registry, subscriptions, retiring, activations, interests));
    }
}
