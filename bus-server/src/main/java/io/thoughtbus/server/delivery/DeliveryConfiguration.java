package io.thoughtbus.server.delivery;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.RedisModels;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.loop.LoopRunner;
import io.thoughtbus.server.matching.Matcher;
import io.thoughtbus.server.matching.RedisMatchJournal;
import io.thoughtbus.server.redis.RedisClients;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisLease;
import io.thoughtbus.server.subscription.Decider;
import io.thoughtbus.server.subscription.IndexWatch;
import io.thoughtbus.server.subscription.RedisActivations;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.json.JsonMapper;

/** Puts delivery together: a dispatcher for each shard, and the loops that serve those who wait. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliveryProperties.class)
class DeliveryConfiguration {

    @Bean
    RedisMatchJournal matchJournal(RedisClient redis, RedisFunctions functions, JsonMapper json) {
        return new RedisMatchJournal(redis, functions, json);
    }

    @Bean
    Lanes lanes(
            RedisClients clients,
            RedisFunctions functions,
            Shards shards,
            RedisJournal journal,
            Interests interests,
            Embedder embedder,
            Guard guard,
            RedisModels models,
            IndexWatch watch,
            Namespaces namespaces,
            JsonMapper json,
            RecentFacts recent,
            Handing handing,
            QuestionBell bell,
            Ring ring,
            DispatchMeters meters,
            Clock clock,
            Ticker ticker) {
        String decider = new Decider(models.currentTag(), guard.tag()).toString();
        return new Lanes(shards.all()
                .mapToObj(shard -> {
                    RedisClient redis = clients.dedicated();
                    RedisFunctions own = functions.through(redis);
                    RedisLane lane = new RedisLane(own, shard, DispatchLoop.LEASE, decider);
                    RedisInterestIndex index = new RedisInterestIndex(redis, own, embedder);
                    Matcher matcher = new Matcher(index, interests, new RedisActivations(redis, own, shards), guard);
                    Dispatcher dispatcher = new Dispatcher(
                            redis, own, matcher, new RedisMatchJournal(redis, own, json), lane, handing, bell, meters);
                    return new LoopRunner(new DispatchLoop(
                            redis,
                            lane,
                            dispatcher,
                            journal.through(redis),
                            index,
                            watch,
                            namespaces,
                            recent,
                            ring,
                            meters,
                            clock,
                            ticker));
                })
                .toList());
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService takeTimer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "take-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    @Bean
    LoopRunner bellLoop(
            Bells bells,
            WaitingRoom room,
            RedisClient redis,
            RedisFunctions functions,
            Handing handing,
            Ticker ticker) {
        return new LoopRunner(new BellLoop(bells, room, redis, functions, handing, ticker));
    }

    @Bean
    LoopRunner expiryLoop(RedisFunctions functions, Namespaces namespaces, Inboxes inboxes, ExpiredWakes expired) {
        RedisLease lease =
                new RedisLease(functions, RedisKeys.registry("lock:expiry"), ExpiryLoop.EVERY.multipliedBy(3));
        return new LoopRunner(new ExpiryLoop(lease, namespaces, inboxes, expired));
    }

    @Bean
    LoopRunner ringLoop(RedisClients clients, Ring ring, Bells bells, WaitingRoom room) {
        return new LoopRunner(new RingLoop(clients, ring, bells, room));
    }

    @Bean
    LoopRunner streamLoop(WakeStreams streams, DeliveryProperties properties) {
        return new LoopRunner(new StreamLoop(streams, properties.patience()));
    }
}
