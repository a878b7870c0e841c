package io.thoughtbus.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;

class RedisDescendantsTest {
    private static final FactId ROOT = new FactId(3, 1_000, 2);

    private final String namespace = Fresh.namespace();
    private final RedisClient redis = RedisInHand.client();
    private final RedisDescendants descendants = new RedisDescendants(
            RedisInHand.functions(),
            new Random(1),
            new JournalProperties(4, Duration.ofDays(1), Duration.ofDays(1), 16, 3));

    @Test
    void countsEachFactOfABatchUntilTheyAreTooMany() {
        assertThat(count(fact(), fact("a"), fact("b"), fact(), fact("c")))
                .containsExactly(true, true, true, false, false);
    }

    @Test
    void aRepetitionDoesNotCountAndIsNeverTooMany() {
        assertThat(count(fact("a"), fact("a"))).containsExactly(true, true);
        assertThat(count(fact("a"), fact("b"), fact("c"))).containsExactly(true, true, true);
        assertThat(count(fact("d"), fact("a"), fact("c"), fact())).containsExactly(false, true, true, false);
    }

    @Test
    void theSameKeyOfAnotherPublisherIsAnotherFact() {
        assertThat(count(
                        fact("a"),
                        fact("a").by("x"),
                        fact("a").by("y"),
                        fact("a").by("z")))
                .containsExactly(true, true, true, false);
    }

    @Test
    void theCountEndsADayAfterItsFirst() {
        count(fact("a"));
        String key = RedisKeys.shard(namespace, 3, "descendants:1000-2");
        redis.pexpire(key, 5_000);

        count(fact("b"), fact("c"), fact("d"));

        assertThat(redis.pttl(key)).isBetween(1L, 5_000L);
        redis.del(key);
        assertThat(count(fact("d"))).containsExactly(true);
        assertThat(redis.pttl(key)).isBetween(86_000_000L, 86_400_000L);
    }

    @Test
    void noMoreAreCountedThanMayBeThoughManyCountAtTheSameTime() {
        List<List<Boolean>> all =
                IntStream.range(0, 64).parallel().mapToObj(i -> count(fact())).toList();

        assertThat(all.stream().flatMap(List::stream).filter(Boolean::booleanValue))
                .hasSize(3);
        assertThat(redis.scard(RedisKeys.shard(namespace, 3, "descendants:1000-2")))
                .isEqualTo(3);
    }

    @Test
    void countsAlsoAfterRedisHasLostTheFunctions() {
        redis.functionFlush();

        assertThat(count(fact("a"))).containsExactly(true);
    }

    private List<Boolean> count(FactDraft... facts) {
        Supplier<RedisDescendants.Counted> counted;
        try (Pipeline pipeline = redis.pipelined()) {
            counted = descendants.queue(pipeline, namespace, ROOT, List.of(facts));
        }
        return counted.get().counts();
    }

    private static FactDraft fact() {
        return FactDraft.of("a van is sent").causedBy(ROOT);
    }

    private static FactDraft fact(String key) {
        return fact().withKey(key);
    }
}
