package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.erasure.ErasureInHand;
import io.thoughtbus.server.faults.FaultProxy;
import io.thoughtbus.server.faults.Moment;
import io.thoughtbus.server.faults.Trigger;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.matching.RedisMatchJournal;
import io.thoughtbus.server.redis.RedisClients;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.TestRedis;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;
import tools.jackson.databind.json.JsonMapper;

class ErasedWakesTest {
    private static final String ERASURE = "e";
    private static final int OTHERS = 250;
    private static final FactId FIRST = new FactId(0, 1_000, 0);
    private static final FactId SECOND = new FactId(0, 1_000, 1);
    private static final FactId THIRD = new FactId(0, 3_000, 0);
    private static final FactId OTHER = new FactId(0, 3_000, 1);
    private static final FactId LATER = new FactId(0, 4_000, 0);

    private final InboxInHand inbox = InboxInHand.open();
    private final String namespace = inbox.subscription().namespace();
    private final RedisClient redis = RedisInHand.client();

    @AfterEach
    void letLoops() {
        ErasureInHand.keepLoopsAway(false);
    }

    @BeforeEach
    void publishAndOwe() {
        ErasureInHand.keepLoopsAway(true);
        publish(FIRST, "user-1");
        publish(SECOND, "user-1");
        IntStream.range(0, OTHERS).forEach(i -> publish(new FactId(0, 2_000, i), "user-2"));
        publish(THIRD, "user-1");
        publish(OTHER, "user-2");
        publish(LATER, "user-1");
        inbox.owe(FIRST, SECOND, THIRD, OTHER, LATER);
        inbox.taken(1);
        redis.hset(RedisKeys.shard(namespace, 0, "dispatch"), "cursor", "4000-0");
        ErasureInHand.intend(namespace, ERASURE, "user-1", OTHER);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void whateverStepEndsTheServerNothingIsLeftAndNothingIsDoneTwice(String command, int nth, Moment moment) {
        try (FaultProxy proxy = FaultProxy.to(TestRedis.address());
                RedisClient cut = new RedisClients(proxy.address()).shared(1)) {
            Trigger end = proxy.when(command, nth, moment, () -> {});
            assertThatThrownBy(() -> erasure(cut).carryOut()).isInstanceOf(JedisException.class);
            assertThat(end.fired()).isEqualTo(1);
        }

        ErasureInHand resumed = erasure(redis);
        resumed.carryOut();

        assertThat(resumed.isDone()).isTrue();
        assertThat(resumed.erased()).containsExactly(FIRST, SECOND, THIRD);
        assertThat(inbox.dead()).containsExactlyInAnyOrderElementsOf(InboxInHand.wakes(FIRST, SECOND, THIRD));
        assertThat(inbox.owed()).isEqualTo(InboxInHand.wakes(OTHER, LATER));
        assertThat(JournalInHand.journal().range(namespace, 0, "-", "+", 1_000))
                .extracting(StoredFact::id)
                .hasSize(OTHERS + 2)
                .endsWith(OTHER, LATER)
                .doesNotContain(FIRST, SECOND, THIRD);
        assertThat(JournalInHand.erased(redis).count(namespace, 0, 0, 9_000)).isEqualTo(3);
    }

    static Stream<Arguments> steps() {
        return Stream.of(
                        Map.entry("HSETNX", 1),
                        Map.entry("ZADD", 1),
                        Map.entry("SADD", 1),
                        Map.entry("thoughtbus_advance_erasure", 1),
                        Map.entry("ZADD", 3),
                        Map.entry("thoughtbus_erase_facts", 1),
                        Map.entry("thoughtbus_erase_wakes", 1),
                        Map.entry("thoughtbus_advance_erasure", 2),
                        Map.entry("thoughtbus_advance_erasure", 3),
                        Map.entry("thoughtbus_erase_facts", 2),
                        Map.entry("thoughtbus_erase_wakes", 2),
                        Map.entry("thoughtbus_advance_erasure", 4),
                        Map.entry("HDEL", 1))
                .flatMap(step -> Stream.of(Moment.BEFORE, Moment.AFTER_RAN)
                        .map(moment -> Arguments.of(step.getKey(), step.getValue(), moment)));
    }

    @Test
    void twoServersAtTheSameErasureDoTheSame() {
        List<Thread> servers = IntStream.range(0, 2)
                .mapToObj(i -> new Thread(() -> erasure(redis).carryOut()))
                .toList();
        servers.forEach(Thread::start);
        servers.forEach(ErasedWakesTest::join);

        erasure(redis).carryOut();

        assertThat(erasure(redis).erased()).containsExactly(FIRST, SECOND, THIRD);
        assertThat(inbox.dead()).containsExactlyInAnyOrderElementsOf(InboxInHand.wakes(FIRST, SECOND, THIRD));
    }

    @Test
    void noOtherDeadLetterLeavesForWakesOfErasedFacts() {
        Map<String, Double> others = IntStream.range(0, 9_999)
                .boxed()
                .collect(Collectors.toMap(i -> "0-1-0000" + (1_000 + i) + ".7", i -> 1.0));
        redis.zadd(inbox.keys().dead(), others);

        erasure(redis).carryOut();

        assertThat(inbox.dead()).containsAll(others.keySet()).hasSize(10_000);
        assertThat(inbox.owed()).isEqualTo(InboxInHand.wakes(OTHER, LATER));
        assertThat(redis.hget(inbox.keys().meta(), "dropped")).isEqualTo("2");
    }

    @Test
    void aFactThatIsNotDispatchedYetWaits() {
        redis.hset(RedisKeys.shard(namespace, 0, "dispatch"), "cursor", "2000-7");
        ErasureInHand erasure = erasure(redis);

        erasure.carryOut();
        assertThat(erasure.erased()).containsExactly(FIRST, SECOND);
        assertThat(erasure.isDone()).isFalse();
        assertThat(JournalInHand.journal().find(namespace, List.of(THIRD)).get(0))
                .isPresent();

        redis.hset(RedisKeys.shard(namespace, 0, "dispatch"), "cursor", "4000-0");
        erasure.carryOut();
        assertThat(erasure.isDone()).isTrue();
    }

    private ErasureInHand erasure(RedisClient through) {
        RedisMatchJournal record = new RedisMatchJournal(
                through,
                RedisInHand.functions().through(through),
                JsonMapper.builder().build());
        RedisInbox box = new RedisInbox(RedisInHand.functions().through(through), new Random(1));
        return ErasureInHand.of(
                namespace,
                ERASURE,
                through,
                List.of(new DispatchGate(through)),
                List.of(new ErasedWakes(record, box, new RecentFacts(JournalInHand.journal(), System::nanoTime))));
    }

    private void publish(FactId fact, String subject) {
        JournalInHand.append(namespace, fact, FactDraft.of("in the army").about(subject));
        redis.xadd(
                RedisKeys.shard(namespace, 0, "matches"),
                Map.of("m", "[[\"military\"," + InboxInHand.REVISION + ",1,0.5,0.4]]"),
                XAddParams.xAddParams().id(Dispatcher.position(fact)));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
