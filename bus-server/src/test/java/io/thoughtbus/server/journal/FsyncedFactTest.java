package io.thoughtbus.server.journal;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusServer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.redis.RedisServer;
import io.thoughtbus.server.redis.RedisSettings;
import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import tools.jackson.databind.JsonNode;

/** A bus on a Redis that writes to its disk once a second. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = {BusServer.class, BusTest.Quick.class})
@ContextConfiguration(initializers = FsyncedFactTest.OnARedisWithADisk.class)
@DirtiesContext
class FsyncedFactTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final RedisServer REDIS = start();

    @LocalServerPort
    private int port;

    @TempDir
    private Path directory;

    @BeforeEach
    void startWithADisk() {
        try (RedisClient redis = REDIS.client()) {
            redis.configSet("appendonly", "yes");
            redis.configSet("appendfsync", "everysec");
        }
        awaitLevels("accepted", "fsynced");
    }

    @Test
    void answersFsyncedWhatTheNextPowerCutDoesNotTake() {
        HttpProbe bus = HttpProbe.at(port);

        JsonNode fsynced = publish(bus, "fsynced", fact("a parcel is late"));
        JsonNode accepted = publish(bus, "accepted", fact("a parcel is lost"));
        REDIS.cutPower();
        REDIS.restart();

        assertThat(fsynced.get("durability").asString()).isEqualTo("fsynced");
        assertThat(accepted.get("durability").asString()).isEqualTo("accepted");
        awaitLevels("accepted", "fsynced");
        assertThat(bus.get("/facts/" + fsynced.get("id").asString())).hasStatus(200);
        assertThat(publish(bus, "fsynced", fact("a parcel is found"))
                        .get("durability")
                        .asString())
                .isEqualTo("fsynced");
    }

    @Test
    void manyPublishersShareFewWaits() {
        HttpProbe bus = HttpProbe.at(port);
        publish(bus, "fsynced", fact("a parcel is late"));
        try (RedisClient redis = REDIS.client()) {
            redis.executeCommand(new CommandArguments(Command.CONFIG).add("RESETSTAT"));

            List<CompletableFuture<Answer>> all = IntStream.range(0, 64)
                    .mapToObj(i -> bus.postAsync("/facts?durability=fsynced", fact("parcel " + i + " is late")))
                    .toList();

            assertThat(all).allSatisfy(one -> {
                assertThat(one.join()).hasStatus(201);
                assertThat(one.join().json().get("durability").asString()).isEqualTo("fsynced");
            });
            assertThat(redis.info("commandstats")).containsPattern("cmdstat_waitaof:calls=[1-8],");
        }
    }

    @Test
    void saysOfAKnownKeyWhatHoldsForTheFactPublishedFirst() {
        HttpProbe bus = HttpProbe.at(port);
        String fact = "{\"text\":\"a parcel is late\",\"key\":\"scan-1\"}";

        JsonNode first = publish(bus, "accepted", fact);
        JsonNode again = publish(bus, "fsynced", fact);
        REDIS.cutPower();
        REDIS.restart();

        assertThat(again.get("duplicate").asBoolean()).isTrue();
        assertThat(again.get("durability").asString()).isEqualTo("fsynced");
        awaitLevels("accepted", "fsynced");
        assertThat(bus.get("/facts/" + first.get("id").asString())).hasStatus(200);
    }

    @Test
    void answersReplicatedWhatIsOnTheDiskOfAReplica() {
        HttpProbe bus = HttpProbe.at(port);
        assertThat(bus.post("/facts?durability=replicated", fact("a parcel is late")))
                .isProblem(409, "durability-unavailable", "durability");

        try (RedisServer replica =
                RedisServer.start(directory, RedisSettings.of(Fsync.EVERYSEC).asReplicaOf(REDIS.address()))) {
            awaitLevels("accepted", "fsynced", "replicated");
            JsonNode replicated = publish(bus, "replicated", fact("a parcel is late"));
            replica.kill();
            replica.restart();

            assertThat(replicated.get("durability").asString()).isEqualTo("replicated");
            try (RedisClient copy = replica.client()) {
                assertThat(copy.keys("tb:{" + bus.namespace() + "/*}:facts")).hasSize(1);
            }
        }
    }

    @Test
    void answersWhatWasReachedInsteadIfTheReplicaHasNoAppendOnlyFile() {
        HttpProbe bus = HttpProbe.at(port);
        RedisSettings forgetful = RedisSettings.of(Fsync.NO).withoutAppendOnlyFile();

        try (RedisServer replica = RedisServer.start(directory, forgetful.asReplicaOf(REDIS.address()))) {
            awaitLevels("accepted", "fsynced", "replicated");

            assertThat(publish(bus, "replicated", fact("a parcel is late"))
                            .get("durability")
                            .asString())
                    .isEqualTo("fsynced");
            assertThat(replica.processHandle().isAlive()).isTrue();
        }
    }

    @Test
    void saysThatItDoesNotKnowIfRedisDiesBetweenTheFactAndTheDisk() {
        HttpProbe bus = HttpProbe.at(port);
        RedisSettings forgetful = RedisSettings.of(Fsync.NO).withoutAppendOnlyFile();

        try (RedisServer replica = RedisServer.start(directory, forgetful.asReplicaOf(REDIS.address()));
                RedisClient redis = REDIS.client()) {
            awaitLevels("accepted", "fsynced", "replicated");
            publish(bus, "accepted", fact("a parcel is late"));
            redis.executeCommand(new CommandArguments(Command.CONFIG).add("RESETSTAT"));
            CompletableFuture<Answer> waiting = bus.postAsync("/facts?durability=replicated", fact("a parcel is lost"));
            await().atMost(SOON)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> redis.info("commandstats").contains("cmdstat_waitaof"));

            REDIS.kill();

            assertThat(waiting.join()).hasStatus(503);
            assertThat(waiting.join().header("Retry-After")).matches("\\d+");
            assertThat(replica.processHandle().isAlive()).isTrue();
        } finally {
            REDIS.restart();
        }
    }

    @Test
    void refusesAWaitForADiskThatIsLeftToTheSystem() {
        HttpProbe bus = HttpProbe.at(port);
        try (RedisClient redis = REDIS.client()) {
            redis.configSet("appendfsync", "no");
        }
        awaitLevels("accepted");

        assertThat(bus.post("/facts?durability=fsynced", fact("a parcel is late")))
                .isProblem(409, "durability-unavailable", "durability");
        assertThat(bus.post("/facts?durability=fsynced", fact("a parcel is late"))
                        .json()
                        .get("detail")
                        .asString())
                .contains("CONFIG SET appendfsync everysec");
    }

    @Test
    void answersFsyncedWithoutBeingAskedWhereEveryAnswerWaitsForTheDisk() {
        HttpProbe bus = HttpProbe.at(port);
        try (RedisClient redis = REDIS.client()) {
            redis.configSet("appendfsync", "always");
        }

        await().atMost(SOON)
                .until(() -> publish(bus, "accepted", fact("a parcel is late"))
                        .get("durability")
                        .asString()
                        .equals("fsynced"));
        JsonNode last = publish(bus, "accepted", fact("a parcel is lost"));
        REDIS.cutPower();
        REDIS.restart();

        awaitLevels("accepted", "fsynced");
        assertThat(last.get("durability").asString()).isEqualTo("fsynced");
        assertThat(bus.get("/facts/" + last.get("id").asString())).hasStatus(200);
    }

    private static JsonNode publish(HttpProbe bus, String durability, String fact) {
        Answer answer = bus.post("/facts?durability=" + durability, fact);
        assertThat(answer).hasStatus(201);
        return answer.json();
    }

    /** Waits until health tells of these levels, and no others. */
    private void awaitLevels(String... levels) {
        HttpProbe bus = HttpProbe.at(port);
        await().atMost(SOON).ignoreExceptionsInstanceOf(JedisException.class).untilAsserted(() -> {
            HttpRequest.Builder health = bus.requestTo("/actuator/health").GET();
            assertThat(bus.send(health)
                            .json()
                            .at("/components/bus/details/durability")
                            .valueStream()
                            .map(JsonNode::asString))
                    .containsExactly(levels);
        });
    }

    private static RedisServer start() {
        try {
            Path directory = Files.createTempDirectory("thought-bus-fsynced");
            return RedisServer.start(directory, RedisSettings.of(Fsync.EVERYSEC).withDiskInHand());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects the bus to the Redis of this test. */
    static final class OnARedisWithADisk implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertySourceUtils.addInlinedPropertiesToEnvironment(
                    context,
                    "thoughtbus.redis.uri=" + REDIS.uri(),
                    "thoughtbus.ledger.keys=" + BusTest.OnTestRedis.keys());
        }
    }
}
