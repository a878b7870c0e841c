package io.thoughtbus.server.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.embeddings.ModelId;
import io.thoughtbus.protocol.Comparison;
import io.thoughtbus.protocol.ComparisonDraft;
import io.thoughtbus.protocol.Differences;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.JournalPoint;
import io.thoughtbus.protocol.ReplayDraft;
import io.thoughtbus.protocol.ReplayedMatch;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.BusServer;
import io.thoughtbus.server.redis.EmbeddedRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

class ModelChangeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void anotherModelMatchesOldSubscriptionsAndReplaysOldFacts(@TempDir Path directory) {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.NONE)) {
            FactId old;
            try (ConfigurableApplicationContext former = bus(redis, Former.class);
                    ThoughtBus client = client(former)) {
                client.declare(
                        "army",
                        SubscriptionDraft.of("agent", "serves in the army").withThreshold(0.6));
                old = client.publish("he serves in the army").id();
                assertThat(client.inbox("army").take(1, PATIENCE)).hasSize(1);
            }

            try (ConfigurableApplicationContext present = bus(redis, Present.class);
                    ThoughtBus client = client(present)) {
                FactId fresh = client.publish("she serves in the army").id();

                assertThat(client.inbox("army").take(1, PATIENCE))
                        .singleElement()
                        .satisfies(wake -> assertThat(wake.fact().id()).isEqualTo(fresh));
                var replay = client.replay("army", ReplayDraft.since(JournalPoint.at(Instant.EPOCH)));
                replay.await(PATIENCE);
                assertThat(replay.matches()).extracting(ReplayedMatch::fact).containsExactly(old, fresh);
                Comparison asItWas = client.replay(ComparisonDraft.asItWas(JournalPoint.at(Instant.EPOCH)))
                        .await(PATIENCE);
                assertThat(asItWas.differences()).isEqualTo(new Differences(0, List.of()));
                assertThat(asItWas.matched()).isEqualTo(2);
                assertThat(asItWas.unverified()).isZero();
                assertThat(client.subscription("army")).hasValueSatisfying(subscription -> {
                    assertThat(subscription.version()).isEqualTo(1);
                    assertThat(subscription.model()).startsWith("hashing-256@");
                });
            }
        }
    }

    @Test
    void testsThatFailWithAnotherModelAreTold(@TempDir Path directory) {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.NONE)) {
            try (ConfigurableApplicationContext former = bus(redis, Former.class);
                    ThoughtBus client = client(former)) {
                client.declare(
                        "army",
                        SubscriptionDraft.of("agent", "serves in the army")
                                .withThreshold(0.6)
                                .withTests(List.of("he serves in the army"), List.of("it rains")));
            }

            try (ConfigurableApplicationContext present = bus(redis, Scattering.class);
                    ThoughtBus client = client(present)) {
                assertThat(client.subscription("army"))
                        .hasValueSatisfying(subscription -> assertThat(subscription.notes())
                                .singleElement()
                                .asString()
                                .startsWith("with another model, test failed: ")
                                .contains("he serves in the army"));
            }
        }
    }

    private static ConfigurableApplicationContext bus(EmbeddedRedis redis, Class<?> model) {
        return new SpringApplicationBuilder(BusServer.class, model)
                .run(
                        "--server.port=0",
                        "--thoughtbus.redis.uri=redis://:" + redis.address().password() + "@127.0.0.1:"
                                + redis.address().port());
    }

    private static ThoughtBus client(ConfigurableApplicationContext bus) {
        return ThoughtBus.connect(
                "http://localhost:" + bus.getEnvironment().getProperty("local.server.port") + "/shop");
    }

    static class Former {
        @Bean
        @Primary
        Embedder quickEmbedder() {
            return new HashingEmbedder(128);
        }
    }

    /** A model to which no two texts are alike. */
    static class Scattering {
        @Bean
        @Primary
        Embedder quickEmbedder() {
            Embedder words = new HashingEmbedder(512);
            return new Embedder() {
                @Override
                public Embedding embed(String text) {
                    return words.embed(text.replace(" ", "") + text.length());
                }

                @Override
                public ModelId modelId() {
                    return words.modelId();
                }

                @Override
                public int dimension() {
                    return words.dimension();
                }

                @Override
                public void close() {
                    words.close();
                }
            };
        }
    }

    static class Present {
        @Bean
        @Primary
        Embedder quickEmbedder() {
            return new HashingEmbedder(256);
        }
    }
}
