package io.thoughtbus.server;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.FactId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.JsonNode;

/** The clock of the bus is hours off, or is set while the bus runs. Redis, which is its own here, has the right time. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = {BusServer.class, BusTest.Quick.class, WrongClockTest.Wrong.class})
@DirtiesContext
class WrongClockTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static volatile Duration off = Duration.ZERO;

    @TempDir
    private static Path directory;

    @LocalServerPort
    private int port;

    @Autowired
    private RedisClient redis;

    private HttpProbe bus;

    @DynamicPropertySource
    static void onARedisOfItsOwn(DynamicPropertyRegistry properties) {
        properties.add("thoughtbus.data-dir", directory::toString);
        properties.add("thoughtbus.interest.threshold", () -> "0.6");
    }

    @BeforeEach
    void connect() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late", ",\"delivery\":{\"lease\":\"PT2S\"}"));
    }

    @AfterEach
    void setRight() {
        off = Duration.ZERO;
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void nothingExpiresAndNothingLastsLonger(Duration wrong) {
        String lasting = bus.publish("{\"text\":\"a parcel is late\",\"ttl\":\"PT30M\"}");
        off = wrong;
        String brief = bus.publish("{\"text\":\"a parcel is late\",\"ttl\":\"PT1S\"}");

        await().atMost(SOON).until(() -> bus.get("/facts/" + brief).status() == 404);
        assertThat(bus.get("/facts/" + lasting)).hasStatus(200);
        assertThat(bus.take("late", 10, Duration.ZERO))
                .extracting(wake -> wake.at("/fact/id").asString())
                .containsExactly(lasting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void aWakeThatWasPutOffComesWhenItIsDue(Duration wrong) {
        off = wrong;
        bus.publish("{\"text\":\"a parcel is late\"}");
        List<JsonNode> wakes = bus.take("late", 1, SOON);
        assertThat(bus.post(
                        "/subscriptions/late/verdicts",
                        "[{\"wake\":" + wakes.get(0).get("id") + ",\"verdict\":\"later\",\"delay\":\"PT0.3S\"}]"))
                .hasStatus(200);

        assertThat(bus.take("late", 1, Duration.ofSeconds(2))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H"})
    void dispatchGoesOnAfterAJump(Duration jump) {
        bus.publish("{\"text\":\"a parcel is late\"}");
        bus.takeAll("late", 1);
        off = jump;

        FactId next = FactId.parse(bus.publish("{\"text\":\"a parcel is late\"}"));

        assertThat(bus.takeAll("late", 1)).hasSize(1);
        await().atMost(SOON)
                .until(() -> (next.milliseconds() + "-" + next.sequence())
                        .equals(redis.hget("tb:{" + bus.namespace() + "/" + next.shard() + "}:dispatch", "cursor")));
    }

    @Test
    void aServerWhoseClockIsSetBackKeepsItsLanes() {
        await().until(() -> redis.exists("tb:{registry}:lane:0"));
        off = HOUR.negated();

        await().during(Duration.ofSeconds(5)).atMost(SOON).until(() -> redis.exists("tb:{registry}:lane:0"));
    }

    @Test
    void whoWaitsWhileTheClockIsSetIsWokenAllTheSame() {
        CompletableFuture<Answer> take = bus.postAsync("/subscriptions/late/wakes:take", "{\"wait\":\"PT20S\"}");
        off = HOUR.negated();
        bus.publish("{\"text\":\"a parcel is late\"}");

        assertThat(take.join().json().get("wakes")).hasSize(1);
    }

    /** Replaces the clock. */
    @TestConfiguration
    static class Wrong {
        @Bean
        @Primary
        Clock wrongClock() {
            return new Off();
        }
    }

    /** A clock that is off by as much as the test says. */
    private static final class Off extends Clock {
        @Override
        public Instant instant() {
            return Instant.now().plus(off);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("this clock knows UTC only");
        }
    }
}
