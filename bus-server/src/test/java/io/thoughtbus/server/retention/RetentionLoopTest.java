package io.thoughtbus.server.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

class RetentionLoopTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final long AHEAD = 9_999_999_999_999L;

    private final String namespace = Fresh.namespace();
    private final RedisClient redis = RedisInHand.client();
    private final long now = Instant.now().toEpochMilli();
    private final long old = now - Duration.ofDays(2).toMillis();

    @Test
    void factsThatAreTooOldLeaveTheJournalWithTheRecordsOfTheirMatchesAndAnswers() {
        append(old, 450);
        append(now, 3);
        redis.hset(answers(old, 7), "military:7", "{}");
        redis.hset(answers(now, 0), "military:7", "{}");
        record(old, 449);
        record(now, 0);

        assertThat(loop(DAY, 10_000).trim(namespace)).isEqualTo(450);

        assertThat(left()).containsExactly(fact(now, 0), fact(now, 1), fact(now, 2));
        assertThat(JournalInHand.journal().wholeFrom(namespace, 0)).hasValue(fact(old, 450));
        assertThat(redis.xrange(matches(), "-", "+"))
                .extracting(entry -> entry.getID().getTime())
                .containsExactly(now);
        assertThat(redis.exists(answers(old, 7))).isFalse();
        assertThat(redis.exists(answers(now, 0))).isTrue();
        assertThat(loop(DAY, 10_000).trim(namespace)).isZero();
    }

    @Test
    void factsThatLeaveTheJournalLeaveLiveMemoryWithThemWhicheverModelMadeTheirEmbedding() {
        List<String> models = List.of(JournalInHand.models().currentTag(), "f0f0f0f0f0f0");
        redis.hset(RedisKeys.registry("models"), "f0f0f0f0f0f0", "former");
        append(old, 3);
        append(now, 1);
        for (String model : models) {
            IntStream.range(0, 3).forEach(i -> redis.hset(memory(model, old, i), "m", "0"));
            redis.hset(memory(model, now, 0), "m", "0");
        }

        loop(DAY, 10_000, needing(old, 2)).trim(namespace);

        redis.hdel(RedisKeys.registry("models"), "f0f0f0f0f0f0");
        for (String model : models) {
            assertThat(redis.exists(memory(model, old, 0))).isFalse();
            assertThat(redis.exists(memory(model, old, 1))).isFalse();
            assertThat(redis.exists(memory(model, old, 2))).isTrue();
            assertThat(redis.exists(memory(model, now, 0))).isTrue();
        }
    }

    @Test
    void whatIsKnownOfFactsThatWereTakenBackOrErasedLeavesWithThem() {
        append(old, 3);
        append(now, 1);
        String withdrawn = RedisKeys.shard(namespace, 0, "withdrawn");
        redis.hset(RedisKeys.shard(namespace, 0, "dispatch"), "cursor", "9-9");
        List.of(old + "-0", old + "-7", now + "-0").forEach(fact -> redis.hset(withdrawn, fact, "retracted 9-9"));
        String erased = RedisKeys.shard(namespace, 0, "erased");
        redis.zadd(erased, Map.of(old + "-7", (double) old, now + "-7", (double) now));

        loop(DAY, 10_000).trim(namespace);

        assertThat(redis.hkeys(withdrawn)).containsExactly(now + "-0");
        assertThat(redis.zrange(erased, 0, -1)).containsExactly(now + "-7");
    }

    @Test
    void aFactThatWasTakenBackStaysWithTheRecordOfWhomItWokeUntilThatIsDispatched() {
        append(old, 3);
        record(old, 1);
        append(now, 1);
        redis.hset(RedisKeys.shard(namespace, 0, "withdrawn"), old + "-1", "retracted " + now + "-0");
        String dispatch = RedisKeys.shard(namespace, 0, "dispatch");
        redis.hset(dispatch, "cursor", old + "-2");

        assertThat(loop(DAY, 10_000).trim(namespace)).isEqualTo(1);

        assertThat(left()).containsExactly(fact(old, 1), fact(old, 2), fact(now, 0));
        assertThat(redis.xlen(matches())).isEqualTo(1);
        redis.hset(dispatch, "cursor", now + "-0");
        assertThat(loop(DAY, 10_000).trim(namespace)).isEqualTo(2);
        assertThat(left()).containsExactly(fact(now, 0));
    }

    @Test
    void theOldestOfTooManyFactsLeaveTheJournal() {
        append(now, 1_700);

        assertThat(loop(DAY, 1_000).trim(namespace)).isEqualTo(700);

        assertThat(left()).hasSize(1_000).startsWith(fact(now, 700));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 199, 200, 201, 449})
    void nothingLeavesTheJournalThatIsNeededAndNothingThatComesAfterIt(int needed) {
        append(old, 450);

        assertThat(loop(DAY, 10_000, needing(old, needed)).trim(namespace)).isEqualTo(needed);

        assertThat(left()).hasSize(450 - needed).startsWith(fact(old, needed));
    }

    @Test
    void theOldestOfAllNeedsCounts() {
        append(old, 10);

        loop(DAY, 10_000, needing(old, 7), needing(old, 4), needing(old, 5)).trim(namespace);

        assertThat(left()).startsWith(fact(old, 4));
    }

    @Test
    void nothingLeavesAShardWhoseDispatchHasNotBegun() {
        append(old, 10);

        assertThat(loop(DAY, 10_000, anything -> Map.of(0, new StreamEntryID(0, 0)))
                        .trim(namespace))
                .isZero();
    }

    @Test
    void anAgeBeyondTheClocksBeginningKeepsEverything() {
        append(old, 10);

        assertThat(loop(Duration.ofDays(100_000), 10_000).trim(namespace)).isZero();
    }

    @Test
    void factsOfWhenRedisClockWasAheadAreAsOldAsThoseThatCameAfterIt() {
        append(AHEAD, 3);
        appendAccepted(3, 5, old);

        assertThat(loop(DAY, 10_000).trim(namespace)).isEqualTo(8);

        appendAccepted(8, 2, now);
        assertThat(loop(DAY, 10_000).trim(namespace)).isZero();
        assertThat(left()).containsExactly(fact(AHEAD, 8), fact(AHEAD, 9));
    }

    @Test
    void factsOfWhenRedisClockWasAheadStayWhileNobodyKnowsTheirAge() {
        append(old, 4);
        append(AHEAD, 3);
        appendAccepted(3, 5, now);

        assertThat(loop(DAY, 10_000).trim(namespace)).isEqualTo(4);

        assertThat(left()).hasSize(8).startsWith(fact(AHEAD, 0));
    }

    @Test
    void aNamespaceWithoutFactsIsLeftAlone() {
        assertThat(loop(DAY, 1_000).trim(namespace)).isZero();
    }

    private RetentionLoop loop(Duration age, long facts, FactNeed... needs) {
        return new RetentionLoop(
                RedisInHand.functions(),
                JournalInHand.namespaces(),
                new Shards(1),
                JournalInHand.models(),
                List.of(needs),
                new RetentionProperties(age, facts));
    }

    private static FactNeed needing(long milliseconds, int sequence) {
        return anything -> Map.of(0, new StreamEntryID(milliseconds, sequence));
    }

    private void append(long milliseconds, int count) {
        IntStream.range(0, count)
                .forEach(i -> JournalInHand.append(namespace, fact(milliseconds, i), FactDraft.of("fact " + i)));
    }

    private void appendAccepted(int first, int count, long accepted) {
        IntStream.range(first, first + count)
                .forEach(i -> JournalInHand.append(
                        namespace, fact(AHEAD, i), FactDraft.of("fact " + i), Instant.ofEpochMilli(accepted)));
    }

    private void record(long milliseconds, int sequence) {
        redis.xadd(matches(), Map.of("m", "[]"), XAddParams.xAddParams().id(new StreamEntryID(milliseconds, sequence)));
    }

    private String memory(String model, long milliseconds, int sequence) {
        return RedisKeys.shard(namespace, 0, "fact:" + model + ":" + milliseconds + "-" + sequence);
    }

    private String answers(long milliseconds, int sequence) {
        return RedisKeys.shard(namespace, 0, "answers:" + milliseconds + "-" + sequence);
    }

    private String matches() {
        return RedisKeys.shard(namespace, 0, "matches");
    }

    private List<FactId> left() {
        return JournalInHand.journal().range(namespace, 0, "-", "+", 10_000).stream()
                .map(StoredFact::id)
                .toList();
    }

    private static FactId fact(long milliseconds, int sequence) {
        return new FactId(0, milliseconds, sequence);
    }
}
