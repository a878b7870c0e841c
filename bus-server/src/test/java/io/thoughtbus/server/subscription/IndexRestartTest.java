package io.thoughtbus.server.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.BusUnavailableException;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.BusServer;
import io.thoughtbus.server.redis.EmbeddedRedis;
import io.thoughtbus.server.redis.RedisClients;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import redis.clients.jedis.RedisClient;

/** Damage that the number of interests does not tell: an interest is gone, and so is its name. */
class IndexRestartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MODEL = new HashingEmbedder().modelId().tag();
    private static final String SEARCHABLE = "tb:{shop}:searchable:" + MODEL;

    private EmbeddedRedis redis;
    private RedisClient client;

    @BeforeEach
    void start(@TempDir Path directory) {
        redis = EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.ALWAYS);
        client = new RedisClients(redis.address()).shared(4);
    }

    @AfterEach
    void stop() {
        client.close();
        redis.close();
    }

    @Test
    void aBusThatStartsMatchesNothingBeforeEveryInterestOfTheRegistryIsThere() {
        try (ConfigurableApplicationContext before = bus();
                ThoughtBus bus = connect(before)) {
            declare(bus);
        }
        forget("late");
        client.hdel("tb:{shop/0}:active", "lost");

        try (ConfigurableApplicationContext after = bus();
                ThoughtBus bus = connect(after)) {
            bus.publish("a parcel is late");
            bus.publish("a parcel is lost");

            assertThat(bus.inbox("late").take(1, PATIENCE)).hasSize(1);
            assertThat(bus.inbox("lost").take(1, PATIENCE)).hasSize(1);
        }
    }

    @Test
    void nothingIsMatchedAfterRedisWasRestartedBeforeEveryInterestOfTheRegistryIsThere() {
        try (ConfigurableApplicationContext context = bus();
                ThoughtBus bus = connect(context)) {
            declare(bus);
            bus.publish("a parcel is lost");
            assertThat(bus.inbox("lost").take(1, PATIENCE)).hasSize(1);
            forget("late");
            ProcessHandle killed = redis.processHandle();
            killed.destroyForcibly();
            await().atMost(PATIENCE).until(() -> redis.processHandle().pid() != killed.pid());

            bus.publish("a parcel is late");

            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(BusUnavailableException.class)
                    .untilAsserted(() ->
                            assertThat(bus.inbox("late").take(1, PATIENCE)).hasSize(1));
        }
    }

    private static void declare(ThoughtBus bus) {
        bus.declare("late", SubscriptionDraft.of("agent", "a parcel is late").withThreshold(0.9));
        bus.declare("lost", SubscriptionDraft.of("agent", "a parcel is lost").withThreshold(0.9));
    }

    private void forget(String subscription) {
        client.smembers(SEARCHABLE).stream()
                .filter(ref -> ref.startsWith(subscription + ":"))
                .forEach(ref -> {
                    client.del("tb:{shop}:interest:" + MODEL + ":" + ref);
                    client.srem(SEARCHABLE, ref);
                });
        assertThat(client.scard(SEARCHABLE)).isEqualTo(1);
    }

    private ConfigurableApplicationContext bus() {
        return new SpringApplicationBuilder(BusServer.class, Quick.class)
                .run(
                        "--server.port=0",
                        "--thoughtbus.redis.uri=redis://:" + redis.address().password() + "@127.0.0.1:"
                                + redis.address().port());
    }

    private static ThoughtBus connect(ConfigurableApplicationContext bus) {
        return ThoughtBus.connect(
                "http://localhost:" + bus.getEnvironment().getProperty("local.server.port") + "/shop");
    }

    static class Quick {
        @Bean
        @Primary
        Embedder quickEmbedder() {
            return new HashingEmbedder();
        }
    }
}
