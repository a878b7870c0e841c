package io.thoughtbus.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.server.redis.RedisClients;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class TriggerTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final RedisClient redis = RedisInHand.client();
    private final String key = "trigger-" + UUID.randomUUID();
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

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

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    void aCommandWhoseReplyIsSwallowedHasRunAndItsClientNeverHears(RedisProtocol protocol) {
        try (Caller caller = Caller.of(proxy.address(), protocol)) {
            Trigger swallowed = proxy.swallowReply("SET");
            assertThat(caller.ask(Command.GET, key)).isNull();

            assertThatThrownBy(() -> caller.ask(Command.SET, key, "ran")).isInstanceOf(JedisConnectionException.class);

            assertThat(redis.get(key)).isEqualTo("ran");
            swallowed.awaitFired(SOON);
            assertThat(swallowed.fired()).isEqualTo(1);
            assertThat(proxy.count(Counted.SWALLOWED_ANSWERS)).isEqualTo(1);
        }
        try (Caller caller = Caller.of(proxy.address(), protocol)) {
            assertThat(caller.ask(Command.SET, key, "again")).isEqualTo("OK");
        }
    }

    @Test
    void repliesAreSwallowedAsOftenAsAsked() {
        Trigger swallowed = proxy.swallowReply("INCR", 3);
        for (int i = 0; i < 3; i++) {
            try (Caller caller = Caller.of(proxy.address())) {
                assertThatThrownBy(() -> caller.ask(Command.INCR, key)).isInstanceOf(JedisConnectionException.class);
            }
        }

        try (Caller caller = Caller.of(proxy.address())) {
            assertThat(caller.ask(Command.INCR, key)).isEqualTo(4L);
        }
        assertThat(swallowed.fired()).isEqualTo(3);
    }

    @Test
    void aFunctionIsMetByItsName() {
        RedisInHand.functions();
        try (Caller caller = Caller.of(proxy.address())) {
            Trigger swallowed = proxy.swallowReply("thoughtbus_release_lock");
            redis.set(key, "mine");

            assertThatThrownBy(() -> caller.ask(Command.FCALL, "thoughtbus_release_lock", "1", key, "mine"))
                    .isInstanceOf(JedisConnectionException.class);

            assertThat(redis.exists(key)).isFalse();
            assertThat(swallowed.fired()).isEqualTo(1);
            assertThat(proxy.passed("thoughtbus_release_lock")).isEqualTo(1);
        }
    }

    @Test
    void anErrorIsNoRunAndReachesItsClient() {
        try (Caller caller = Caller.of(proxy.address())) {
            Trigger swallowed = proxy.swallowReply("FT.SEARCH");

            assertThatThrownBy(() -> caller.ask("FT.SEARCH", "no-such-index", "*"))
                    .isInstanceOf(JedisDataException.class);

            assertThat(caller.ask(Command.PING)).isEqualTo("PONG");
            assertThat(swallowed.fired()).isZero();
            assertThat(proxy.count(Counted.SWALLOWED_ANSWERS)).isZero();
        }
    }

    @Test
    void cutsAPipelineBeforeItsThirdCommandWhenTheTwoBeforeHaveRun() {
        Trigger cut = proxy.when("INCR", 3, Moment.BEFORE, () -> seen.add(redis.get(key)));

        assertThatThrownBy(this::fiveInAPipeline).isInstanceOf(JedisConnectionException.class);

        cut.awaitFired(SOON);
        assertThat(seen).containsExactly("2");
        assertThat(redis.get(key)).isEqualTo("2");
        assertThat(proxy.count(Counted.CUT_BEFORE)).isEqualTo(1);
    }

    @Test
    void cutsAPipelineAfterItsThirdCommandHasRunAndBeforeTheFourth() {
        Trigger cut = proxy.when("INCR", 3, Moment.AFTER_RAN, () -> seen.add(redis.get(key)));

        assertThatThrownBy(this::fiveInAPipeline).isInstanceOf(JedisConnectionException.class);

        cut.awaitFired(SOON);
        assertThat(seen).containsExactly("3");
        assertThat(redis.get(key)).isEqualTo("3");
        assertThat(proxy.count(Counted.SWALLOWED_ANSWERS)).isEqualTo(1);
    }

    @Test
    void countsACommandOnAllConnections() {
        Trigger cut = proxy.when("INCR", 3, Moment.BEFORE, () -> seen.add("cut"));
        try (Caller first = Caller.of(proxy.address());
                Caller second = Caller.of(proxy.address())) {
            assertThat(first.ask(Command.INCR, key)).isEqualTo(1L);
            assertThat(second.ask(Command.INCR, key)).isEqualTo(2L);

            assertThatThrownBy(() -> first.ask(Command.INCR, key)).isInstanceOf(JedisConnectionException.class);

            assertThat(second.ask(Command.INCR, key)).isEqualTo(3L);
            assertThat(cut.fired()).isEqualTo(1);
        }
    }

    @Test
    void twoTriggersOnOneCommandFireOneAfterTheOther() {
        List<Trigger> cuts = new ArrayList<>();
        cuts.add(proxy.when("INCR", 1, Moment.BEFORE, () -> seen.add("first")));
        cuts.add(proxy.when("INCR", 1, Moment.BEFORE, () -> seen.add("second")));
        for (int i = 0; i < 2; i++) {
            try (Caller caller = Caller.of(proxy.address())) {
                assertThatThrownBy(() -> caller.ask(Command.INCR, key)).isInstanceOf(JedisConnectionException.class);
            }
        }

        assertThat(seen).containsExactly("first", "second");
        assertThat(cuts).extracting(Trigger::fired).containsExactly(1, 1);
        assertThat(redis.get(key)).isNull();
    }

    @Test
    void aDisarmedTriggerDoesNotFire() {
        Trigger cut = proxy.when("INCR", 1, Moment.BEFORE, () -> seen.add("cut"));

        cut.disarm();

        try (Caller caller = Caller.of(proxy.address())) {
            assertThat(caller.ask(Command.INCR, key)).isEqualTo(1L);
        }
        assertThatThrownBy(() -> cut.awaitFired(Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("INCR was met 0 times");
    }

    @Test
    void anActionThatFailsIsReported() {
        Trigger cut = proxy.when("INCR", 1, Moment.BEFORE, () -> {
            throw new IllegalArgumentException("broken");
        });
        try (Caller caller = Caller.of(proxy.address())) {
            assertThatThrownBy(() -> caller.ask(Command.INCR, key)).isInstanceOf(JedisConnectionException.class);
        }

        assertThatThrownBy(() -> cut.awaitFired(SOON)).hasRootCauseMessage("broken");
    }

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    void listenersHearThoughATriggerWaits(RedisProtocol protocol) {
        Trigger waiting = proxy.swallowReply("INCR");
        try (Caller listener = Caller.of(proxy.address(), protocol);
                Caller other = Caller.of(proxy.address(), protocol)) {
            assertThat(listener.ask(Command.SUBSCRIBE, key)).asString().contains("subscribe", key);
            redis.publish(key, "one");
            assertThat(listener.hear()).asString().contains("message", "one");
            assertThatThrownBy(() -> other.ask(Command.INCR, key)).isInstanceOf(JedisConnectionException.class);
            redis.publish(key, "two");

            assertThat(listener.hear()).asString().contains("message", "two");
            assertThat(waiting.fired()).isEqualTo(1);
        }
    }

    @Test
    void refusesAnOrdinalBelowOne() {
        assertThatThrownBy(() -> proxy.when("INCR", 0, Moment.BEFORE, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 but was 0");
    }

    private void fiveInAPipeline() {
        try (RedisClient client = new RedisClients(proxy.address()).shared(4);
                Pipeline pipeline = client.pipelined()) {
            for (int i = 0; i < 5; i++) {
                pipeline.incr(key);
            }
            pipeline.sync();
        }
    }
}
