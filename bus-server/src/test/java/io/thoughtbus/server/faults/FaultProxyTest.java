package io.thoughtbus.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.RawSocket;
import io.thoughtbus.server.redis.RedisAddress;
import io.thoughtbus.server.redis.RedisClients;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisServer;
import io.thoughtbus.server.redis.RedisSettings;
import io.thoughtbus.server.redis.RedisSettings.Fsync;
import io.thoughtbus.server.redis.TestRedis;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;

class FaultProxyTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration BRIEFLY = Duration.ofMillis(300);

    private final RedisClient redis = RedisInHand.client();
    private final String key = "proxy-" + UUID.randomUUID();

    private FaultProxy proxy;

    @BeforeEach
    void open() {
        proxy = FaultProxy.to(TestRedis.address());
    }

    @AfterEach
    void close() {
        proxy.close();
        redis.del(key);
    }

    @Test
    void isFoundAtItsUri() {
        RedisAddress address = RedisAddress.of(URI.create(proxy.uri()));

        assertThat(address).isEqualTo(proxy.address());
        assertThat(address.port())
                .isEqualTo(proxy.port())
                .isNotEqualTo(TestRedis.address().port());
    }

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    void passesEverythingUntouched(RedisProtocol protocol) {
        String large = "\r\n*1\r\n$3\r\n".repeat(100_000);
        try (Caller caller = Caller.of(proxy.address(), protocol)) {
            assertThat(caller.ask(Command.SET, key, large)).isEqualTo("OK");
            assertThat(caller.ask(Command.GET, key)).isEqualTo(large);
            assertThat(caller.ask(Command.GET, "no-such-key")).isNull();
            assertThat(caller.ask(Command.MGET, key, "no-such-key"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .containsExactly(large, null);
            assertThatThrownBy(() -> caller.ask(Command.INCR, key)).hasMessageContaining("not an integer");
            assertThat(caller.ask(Command.INFO)).asString().contains("redis_version");
        }
        assertThat(proxy.count(Counted.MALFORMED)).isZero();
        assertThat(proxy.passed("get")).isEqualTo(2);
        assertThat(proxy.count(Counted.BYTES_TO_CLIENT)).isGreaterThan(2L * large.length());
        assertThat(proxy.count(Counted.BYTES_TO_REDIS)).isGreaterThan(large.length());
    }

    @Test
    void answersALongPipelineInOrder() {
        try (RedisClient client = new RedisClients(proxy.address()).shared(4);
                Pipeline pipeline = client.pipelined()) {
            List<Response<Long>> answers = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                answers.add(pipeline.incr(key));
            }
            pipeline.sync();

            assertThat(answers.get(0).get()).isEqualTo(1);
            assertThat(answers.get(4_999).get()).isEqualTo(5_000);
        }
    }

    @Test
    void latencyDelaysEachWayUntilHealed() {
        try (Caller caller = Caller.of(proxy.address())) {
            proxy.latency(Duration.ofMillis(150), Duration.ofMillis(50));

            assertThat(timed(() -> caller.ask(Command.PING))).isGreaterThanOrEqualTo(Duration.ofMillis(200));
            assertThat(proxy.count(Counted.DELAYS)).isEqualTo(2);
            proxy.heal();
            caller.ask(Command.PING);
            assertThat(proxy.count(Counted.DELAYS)).isEqualTo(2);
        }
    }

    @Test
    void healingEndsADelayThatHasBegun() {
        try (Caller caller = Caller.of(proxy.address())) {
            proxy.latency(Duration.ofHours(1), Duration.ZERO);
            caller.say(Command.PING);
            await().atMost(SOON).until(() -> proxy.count(Counted.DELAYS) == 1);

            proxy.heal();

            assertThat(caller.hear()).isEqualTo("PONG");
        }
    }

    @Test
    void bandwidthLetsOnlySoManyBytesASecondPass() {
        redis.set(key, "x".repeat(10_000));
        try (Caller caller = Caller.of(proxy.address())) {
            proxy.bandwidth(20_000);

            assertThat(timed(() ->
                            assertThat(caller.ask(Command.GET, key)).asString().hasSize(10_000)))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(450));
            assertThat(proxy.count(Counted.SLICED_BYTES)).isGreaterThanOrEqualTo(10_000);
        }
    }

    @Test
    void theSlicerCutsQuestionsAndAnswersIntoSingleBytes() {
        try (Caller caller = Caller.of(proxy.address())) {
            proxy.slicer(1, Duration.ZERO);

            assertThat(caller.ask(Command.SET, key, "sliced\r\n")).isEqualTo("OK");
            assertThat(caller.ask(Command.GET, key)).isEqualTo("sliced\r\n");
            assertThat(proxy.count(Counted.SLICED_BYTES)).isGreaterThan(50);
        }
    }

    @Test
    void resetsConnectionsInTheMiddleOfAQuestion() {
        try (Caller caller = Caller.of(proxy.address())) {
            caller.say(Command.BLPOP, key, "60");
            await().atMost(SOON).until(() -> proxy.passed("BLPOP") == 1);

            assertThat(proxy.reset()).isEqualTo(1);

            assertThatThrownBy(caller::hear)
                    .isInstanceOf(JedisConnectionException.class)
                    .hasRootCauseInstanceOf(SocketException.class)
                    .hasStackTraceContaining("reset");
            assertThat(proxy.count(Counted.RESETS)).isEqualTo(1);
            await().atMost(SOON).until(() -> proxy.connections() == 0);
        }
    }

    @Test
    void aConnectionThatLosesAnswersIsSilentAndResetWhenHealed() {
        try (Caller caller = Caller.of(proxy.address(), BRIEFLY)) {
            proxy.halfOpen(Direction.TO_CLIENT);
            caller.say(Command.SET, key, "ran");

            assertThatThrownBy(caller::hear).hasRootCauseInstanceOf(SocketTimeoutException.class);
            assertThat(redis.get(key)).isEqualTo("ran");
            assertThat(proxy.count(Counted.DROPPED_BYTES)).isEqualTo("+OK\r\n".length());
            assertThat(proxy.connections()).isEqualTo(1);
            proxy.heal();
            assertThat(proxy.count(Counted.RESETS)).isEqualTo(1);
        }
        assertAnswersANewClient();
    }

    @Test
    void aConnectionThatLosesQuestionsRunsNothingAndIsResetWhenHealed() {
        try (Caller caller = Caller.of(proxy.address(), BRIEFLY)) {
            proxy.halfOpen(Direction.TO_REDIS);
            caller.say(Command.SET, key, "ran");

            assertThatThrownBy(caller::hear).hasRootCauseInstanceOf(SocketTimeoutException.class);
            proxy.heal();
            assertThat(proxy.count(Counted.DROPPED_BYTES)).isPositive();
            assertThat(proxy.count(Counted.RESETS)).isEqualTo(1);
        }
        assertAnswersANewClient();
        assertThat(redis.get(key)).isNull();
    }

    @Test
    void whatWasUnderWayInAPartitionArrivesAfterItThoughTheClientHasGivenUp() {
        try (Caller caller = Caller.of(proxy.address(), BRIEFLY)) {
            proxy.partition();
            caller.say(Command.SET, key, "late");

            assertThatThrownBy(caller::hear).hasRootCauseInstanceOf(SocketTimeoutException.class);
        }
        assertThat(proxy.count(Counted.HELD_BYTES)).isPositive();
        assertThat(redis.get(key)).isNull();

        proxy.heal();

        await().atMost(SOON).until(() -> "late".equals(redis.get(key)));
        await().atMost(SOON).until(() -> proxy.connections() == 0);
    }

    @Test
    void aClientThatWaitsThroughAPartitionIsAnsweredAfterIt() {
        try (Caller caller = Caller.of(proxy.address())) {
            proxy.partition();
            caller.say(Command.INCR, key);
            await().atMost(SOON).until(() -> proxy.count(Counted.HELD_BYTES) > 0);

            proxy.heal();

            assertThat(caller.hear()).isEqualTo(1L);
            assertThat(proxy.count(Counted.RESETS)).isZero();
        }
    }

    @Test
    void nobodyWhoConnectsDuringAPartitionIsEverAnswered() {
        proxy.partition();

        assertThatThrownBy(() -> Caller.of(proxy.address(), BRIEFLY))
                .isInstanceOf(JedisConnectionException.class)
                .hasRootCauseInstanceOf(SocketTimeoutException.class);
        assertThat(proxy.count(Counted.UNANSWERED_CONNECTIONS)).isEqualTo(1);
        assertThat(proxy.connections()).isZero();
        proxy.heal();
        assertAnswersANewClient();
    }

    @Test
    void refusesNewConnectionsAndLeavesTheOpenOnes() {
        try (Caller caller = Caller.of(proxy.address())) {
            proxy.refuse();

            assertThatThrownBy(() -> Caller.of(proxy.address())).hasStackTraceContaining("Connection refused");
            assertThat(caller.ask(Command.PING)).isEqualTo("PONG");
            proxy.heal();
            assertAnswersANewClient();
        }
    }

    @Test
    void closesTheConnectionsOfARedisThatIsAwayAndServesAgainWhenItIsBack(@TempDir Path directory) {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.EVERYSEC));
                FaultProxy before = FaultProxy.to(server.address());
                Caller caller = Caller.of(before.address())) {
            server.kill();

            assertThatThrownBy(() -> caller.ask(Command.PING)).isInstanceOf(JedisConnectionException.class);
            assertThatThrownBy(() -> Caller.of(before.address())).isInstanceOf(JedisConnectionException.class);
            server.restart();
            try (Caller again = Caller.of(before.address())) {
                assertThat(again.ask(Command.PING)).isEqualTo("PONG");
            }
        }
    }

    @Test
    void aReplicaFollowsItsPrimaryThroughIt(@TempDir Path first, @TempDir Path second) {
        try (RedisServer primary = RedisServer.start(first, RedisSettings.of(Fsync.ALWAYS));
                FaultProxy between = FaultProxy.to(primary.address());
                RedisServer replica =
                        RedisServer.start(second, RedisSettings.of(Fsync.ALWAYS).asReplicaOf(between.address()));
                RedisClient writer = primary.client();
                RedisClient reader = replica.client()) {
            writer.set("fact", "copied");
            await().atMost(SOON).until(() -> "copied".equals(reader.get("fact")));

            between.partition();
            writer.set("fact", "behind");
            await().atMost(SOON).until(() -> between.count(Counted.HELD_BYTES) > 0);
            assertThat(reader.get("fact")).isEqualTo("copied");
            between.heal();

            await().atMost(SOON).until(() -> "behind".equals(reader.get("fact")));
        }
    }

    @Test
    void endsAConnectionThatSpeaksNoResp() {
        try (RawSocket socket = new RawSocket(proxy.port())) {
            assertThat(socket.say("GET / HTTP/1.1\r\n\r\n").hear()).isEmpty();
        }
        assertThat(proxy.count(Counted.MALFORMED)).isEqualTo(1);
    }

    @Test
    void aConnectionEndsWithItsClient() {
        try (Caller caller = Caller.of(proxy.address())) {
            assertThat(caller.ask(Command.PING)).isEqualTo("PONG");
            assertThat(proxy.connections()).isEqualTo(1);
        }
        await().atMost(SOON).until(() -> proxy.connections() == 0);
    }

    @Test
    void endsItsThreadsWhenClosedWhateverTheyWaitFor() {
        try (Caller caller = Caller.of(proxy.address())) {
            caller.say(Command.BLPOP, key, "60");
            await().atMost(SOON).until(() -> proxy.passed("BLPOP") == 1);
            proxy.partition();
            caller.say(Command.PING);
            await().atMost(SOON).until(() -> proxy.count(Counted.HELD_BYTES) > 0);
            assertThat(threads()).hasSize(3);

            proxy.close();

            assertThat(threads()).isEmpty();
            assertThatThrownBy(caller::hear).isInstanceOf(JedisConnectionException.class);
        }
    }

    private void assertAnswersANewClient() {
        try (Caller caller = Caller.of(proxy.address())) {
            assertThat(caller.ask(Command.PING)).isEqualTo("PONG");
        }
    }

    private List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("fault-proxy-" + proxy.port()))
                .toList();
    }

    private static Duration timed(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
