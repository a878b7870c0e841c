package io.thoughtbus.server;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.embeddings.ModelId;
import io.thoughtbus.server.faults.FaultProxy;
import io.thoughtbus.server.redis.RedisServer;
import io.thoughtbus.server.redis.RedisSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import redis.clients.jedis.RedisClient;

/** What is beyond a bound is told to come again. On a Redis of its own, which is filled and cut off. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = {BusServer.class, BoundsTest.Gated.class})
@DirtiesContext
class BoundsTest {
    private static final Duration A_WHILE = Duration.ofSeconds(45);
    private static final int MOST_NAMESPACES = 1_000;
    private static final int MOST_REPLAYS = 256;

    private static final RedisServer REDIS = start();
    private static final FaultProxy PROXY = FaultProxy.to(REDIS.address());
    private static final RedisClient INSIDE = REDIS.client();

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @DynamicPropertySource
    static void behindAProxy(DynamicPropertyRegistry properties) {
        properties.add("thoughtbus.redis.uri", PROXY::uri);
        properties.add("thoughtbus.ledger.keys", BusTest.OnTestRedis::keys);
    }

    @AfterAll
    static void stop() {
        INSIDE.close();
        PROXY.close();
        REDIS.close();
    }

    @BeforeEach
    void connect() {
        bus = HttpProbe.at(port);
    }

    @Test
    void noMoreNamespacesAreOpenedThanMayBe() {
        bus.publish(fact("a parcel is late"));
        List<String> others =
                IntStream.range(0, MOST_NAMESPACES).mapToObj(i -> "other-" + i).toList();
        others.forEach(other -> INSIDE.hset("tb:{registry}:namespaces", other, "{\"ttl\":\"PT1H\"}"));
        try {
            assertComesAgain(HttpProbe.at(port).post("/facts", fact("a parcel is late")), 429, "too-many-namespaces");
            bus.publish(fact("a parcel is late"));
        } finally {
            INSIDE.hdel("tb:{registry}:namespaces", others.toArray(String[]::new));
        }
    }

    @Test
    void noMoreReplaysRunThanMay() {
        bus.declare("late", subscription("a parcel is late"));
        for (int i = 0; i < MOST_REPLAYS; i++) {
            String replay = bus.namespace() + "/late/elsewhere-" + i;
            INSIDE.set("tb:{registry}:lock:replay/" + replay, "another server");
            INSIDE.hset("tb:{registry}:replays", replay, "");
        }
        try {
            assertComesAgain(bus.post("/subscriptions/late/replays", "{\"from\":\"0-0-0\"}"), 429, "too-many-replays");
        } finally {
            INSIDE.del("tb:{registry}:replays");
        }
        assertThat(bus.post("/subscriptions/late/replays", "{\"from\":\"0-0-0\"}"))
                .hasStatus(202);
    }

    @Test
    void noMoreTextsWaitForTheModelThanMay() {
        bus.publish(fact("a parcel is late"));
        List<CompletableFuture<Answer>> waiting = IntStream.range(0, Gate.CALLS)
                .mapToObj(i -> bus.postAsync("/facts", fact(Gate.SLOW + i)))
                .toList();
        await().until(() -> Gate.waiting.get() == Gate.CALLS);

        Answer refused = bus.post("/facts", fact("a parcel is early"));

        Gate.open.countDown();
        assertComesAgain(refused, 503, "embedder-busy");
        assertThat(waiting).allSatisfy(answer -> assertThat(answer.join()).hasStatus(201));
        bus.publish(fact("a parcel is early"));
    }

    @Test
    void nobodyWaitsLongForARedisThatDoesNotAnswer() {
        bus.publish(fact("a parcel is late"));
        PROXY.partition();
        try {
            CompletableFuture<Answer> publish = bus.postAsync("/facts", fact("a parcel is late"));
            CompletableFuture<Answer> take = bus.postAsync("/subscriptions/late/wakes:take", "{}");

            await().atMost(A_WHILE).until(() -> publish.isDone() && take.isDone());
            assertComesAgain(publish.join(), 503, "redis-unavailable");
            assertComesAgain(take.join(), 503, "redis-unavailable");
        } finally {
            PROXY.heal();
        }
        await().atMost(A_WHILE)
                .until(() -> bus.post("/facts", fact("a parcel is late")).status() == 201);
    }

    private static RedisServer start() {
        try {
            return RedisServer.start(
                    Files.createTempDirectory("thought-bus-bounds"), RedisSettings.of(RedisSettings.Fsync.NO));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertComesAgain(Answer answer, int status, String type) {
        assertThat(answer).isProblem(status, type);
        assertThat(answer.header("Retry-After")).matches("\\d+");
    }

    /** Lets so many calls to the model wait. */
    @TestConfiguration
    static class Gated {
        @Bean
        @Primary
        Embedder gatedEmbedder() {
            return Embedder.bounded(new Gate(), Gate.CALLS, 100);
        }
    }

    /** Embeds some texts only once it is told to. */
    private static final class Gate implements Embedder {
        private static final int CALLS = 2;
        private static final String SLOW = "a slow parcel ";
        private static final AtomicInteger waiting = new AtomicInteger();
        private static final CountDownLatch open = new CountDownLatch(1);

        private final HashingEmbedder embedder = new HashingEmbedder();

        @Override
        public Embedding embed(String text) {
            if (text.startsWith(SLOW)) {
                waiting.incrementAndGet();
                try {
                    open.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return embedder.embed(text);
        }

        @Override
        public ModelId modelId() {
            return embedder.modelId();
        }

        @Override
        public int dimension() {
            return embedder.dimension();
        }

        @Override
        public void close() {
            embedder.close();
        }
    }
}
