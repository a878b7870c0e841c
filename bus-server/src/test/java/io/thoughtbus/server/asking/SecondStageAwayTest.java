package io.thoughtbus.server.asking;

import static io.thoughtbus.server.Samples.subscription;
import static io.thoughtbus.server.asking.ChatBusTest.A_DAY;
import static io.thoughtbus.server.asking.DoubtsInHand.NEAR;
import static io.thoughtbus.server.asking.DoubtsInHand.breakEndpoint;
import static io.thoughtbus.server.asking.DoubtsInHand.declaration;
import static io.thoughtbus.server.asking.DoubtsInHand.mendEndpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.resps.StreamEntryBinary;

@ChatBusTest
class SecondStageAwayTest {
    @LocalServerPort
    private int port;

    private final RedisClient redis = RedisInHand.client();
    private DoubtsInHand doubts;
    private HttpProbe bus;

    @BeforeEach
    void awaitTheEndpoint() {
        doubts = DoubtsInHand.at(port);
        bus = doubts.bus();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stalls", "refuses", "vanishes"})
    void theMarginDecidesAtOnceForWhoChoseToWake(String how) {
        bus.declare("above", declaration(0.02, "wake"));
        bus.declare("below", declaration(-0.02, "wake"));
        double before = doubts.decided("away");
        breakEndpoint(how);

        String id = doubts.publishNear();

        assertThat(doubts.woken("above", 1)).containsExactly(id);
        await().until(() -> doubts.waiting("below") == 0);
        assertThat(bus.take("below", 1, Duration.ZERO)).isEmpty();
        assertThat(doubts.decided("away")).isEqualTo(before + 2);
        assertThat(doubts.outcome("above", id)).isEqualTo("away");
        assertThat(doubts.outcome("below", id)).isEqualTo("away");
        mendEndpoint(how);
    }

    @Test
    void whoChoseToWaitWaitsForTheAnswerAndHoldsNobodyUp() {
        bus.declare("waits", declaration(0.02, "wait"));
        bus.declare("other", subscription(NEAR, ",\"threshold\":0.9"));
        breakEndpoint("stalls");

        String id = doubts.publishNear();

        assertThat(doubts.woken("other", 1)).containsExactly(id);
        await().until(() -> doubts.asked() > 0);
        assertThat(doubts.outcome("waits", id)).isEqualTo("pending");
        assertThat(doubts.explained("waits", id).get("woke").asBoolean()).isFalse();
        assertThat(bus.take("waits", 1, Duration.ofMillis(500))).isEmpty();

        mendEndpoint("stalls");

        assertThat(doubts.woken("waits", 1)).containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource({"wake, PT61S", "wait, PT61M"})
    void longAfterTheFactTheMarginDecides(String whenAway, Duration after) {
        doubts.publishNear();
        DoubtsInHand past = new DoubtsInHand(HttpProbe.at(port));
        past.bus().declare("above", declaration(0.02, whenAway));
        past.bus().declare("below", declaration(-0.02, whenAway));

        String id = appendAgain(past.bus().namespace(), after);

        assertThat(past.woken("above", 1)).containsExactly(id);
        await().until(() -> past.waiting("below") == 0);
        assertThat(past.bus().take("below", 1, Duration.ZERO)).isEmpty();
        assertThat(past.asked()).isZero();
    }

    @Test
    void beyondSoManyQuestionsADayItIsAway() {
        bus.declare("late", declaration(-0.02, "wake"));

        List<String> all = IntStream.range(0, A_DAY + 3)
                .mapToObj(i -> doubts.publishNear())
                .toList();

        List<String> woken = doubts.woken("late", A_DAY);
        await().until(() -> doubts.waiting("late") == 0);
        assertThat(woken).hasSize(A_DAY).isSubsetOf(all);
        assertThat(all.stream().filter(id -> !woken.contains(id)))
                .allMatch(id -> doubts.outcome("late", id).equals("away"));
    }

    @Test
    void theOldestOfTooManyThatWaitAreDecidedByTheMargin() {
        bus.declare("late", declaration(0.02, "wait"));
        breakEndpoint("refuses");
        double later = Instant.now().plus(Duration.ofDays(1)).toEpochMilli();
        redis.zadd(
                RedisKeys.subscription(bus.namespace(), "late", "questions"),
                IntStream.range(0, 10_000)
                        .boxed()
                        .collect(Collectors.toMap(i -> "0-1-" + String.format("%08d", i) + ".1", i -> later)));

        String id = doubts.publishNear();

        assertThat(doubts.woken("late", 1)).containsExactly(id);
        assertThat(doubts.outcome("late", id)).isEqualTo("away");
        bus.delete("/subscriptions/late");
        mendEndpoint("refuses");
    }

    /** Writes the only fact of this namespace into another one's journal, as if it had been accepted so long ago. */
    private String appendAgain(String namespace, Duration ago) {
        StreamEntryBinary entry = IntStream.range(0, 4)
                .mapToObj(shard -> BuilderFactory.STREAM_ENTRY_BINARY_LIST.build(redis.xrange(
                        RedisKeys.bytes(RedisKeys.shard(bus.namespace(), shard, "facts")),
                        RedisKeys.bytes("-"),
                        RedisKeys.bytes("+"))))
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow();
        StreamEntryID old = new StreamEntryID(entry.getID().getTime() - ago.toMillis(), 0);
        redis.xadd(
                RedisKeys.bytes(RedisKeys.shard(namespace, 0, "facts")),
                XAddParams.xAddParams().id(old),
                entry.getFields());
        return new FactId(0, old.getTime(), 0).toString();
    }
}
