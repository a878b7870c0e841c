package io.thoughtbus.server.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest.Fresh;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

class ShardHistoryTest {
    private static final List<String> SUBSCRIPTIONS = List.of("late", "lost", "rain");
    private static final InterestRef FIRST = new InterestRef("late", 7);
    private static final InterestRef SECOND = new InterestRef("late", 9);

    private final long seed = Long.getLong("thoughtbus.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final String namespace = Fresh.namespace();
    private final RedisClient redis = RedisInHand.client();
    private final RedisActivations activations = new RedisActivations(redis, RedisInHand.functions(), new Shards(1));

    @Test
    void aVersionThatWasPrunedIsStillKnownForTheFactsItDecided() {
        activations.activate(namespace, FIRST);
        append("5-2");
        activations.activate(namespace, SECOND);
        cursor("5-2");
        activations.prune(namespace, SECOND);

        assertThat(spans())
                .containsExactlyInAnyOrder(
                        span(FIRST, fact(0, 0), fact(5, 2), fact(5, 2)), span(SECOND, fact(5, 2), end(), end()));
    }

    @Test
    void pruningAgainChangesNothing() {
        activations.activate(namespace, FIRST);
        append("5-2");
        activations.activate(namespace, SECOND);
        cursor("5-2");
        activations.prune(namespace, SECOND);
        List<ShardHistory.Span> before = spans();

        activations.prune(namespace, SECOND);

        assertThat(spans()).isEqualTo(before);
        assertThat(activations.past(namespace, 0).versions()).hasSize(1);
    }

    @Test
    void aDeletedSubscriptionIsKnownWithTheFactsThatWereUnderWay() {
        activations.activate(namespace, FIRST);
        append("5-2");
        cursor("5-1");

        activations.end(namespace, "late");

        ShardHistory.Span only = spans().get(0);
        assertThat(only).isEqualTo(span(FIRST, fact(0, 0), fact(5, 2), fact(5, 1)));
        assertThat(only.isSure(fact(5, 1))).isTrue();
        assertThat(only.isSure(fact(5, 2))).isFalse();
        assertThat(only.holds(fact(5, 2))).isTrue();
        assertThat(only.holds(fact(5, 3))).isFalse();
    }

    @Test
    void whatWasRecordedBeforeTheDeletionIsSureAlsoWhereTheCursorIsNotWritten() {
        activations.activate(namespace, FIRST);
        append("5-2");
        redis.xadd(RedisKeys.shard(namespace, 0, "matches"), new StreamEntryID("5-2"), Map.of("m", "[]"));

        activations.end(namespace, "late");

        assertThat(spans().get(0).isSure(fact(5, 2))).isTrue();
    }

    @Test
    void aSubscriptionDeclaredAgainIsAnother() {
        activations.activate(namespace, FIRST);
        append("5-2");
        activations.end(namespace, "late");
        append("6-0");

        activations.activate(namespace, SECOND);

        assertThat(spans())
                .containsExactlyInAnyOrder(
                        span(FIRST, fact(0, 0), fact(5, 2), fact(0, 0)), span(SECOND, fact(6, 0), end(), end()));
    }

    @Test
    void everyFactHasTheVersionThatDecidedItWhateverHappenedSince() {
        List<Decided> decided = new ArrayList<>();
        Map<String, Long> current = new HashMap<>();
        int published = 0;
        int dispatched = 0;
        for (long step = 1; step <= 400; step++) {
            String subscription = SUBSCRIPTIONS.get(random.nextInt(SUBSCRIPTIONS.size()));
            switch (random.nextInt(6)) {
                case 0 -> {
                    activations.activate(namespace, new InterestRef(subscription, step));
                    current.put(subscription, step);
                }
                case 1 -> {
                    Long revision = current.get(subscription);
                    if (revision != null) {
                        activations.prune(namespace, new InterestRef(subscription, revision));
                    }
                }
                case 2 -> {
                    if (random.nextInt(4) == 0) {
                        activations.end(namespace, subscription);
                        current.remove(subscription);
                    }
                }
                case 3 -> {
                    for (; dispatched < published; dispatched++) {
                        FactId fact = fact(1, dispatched + 1);
                        activations
                                .chains(namespace, 0, SUBSCRIPTIONS)
                                .forEach((name, chain) -> decided.add(new Decided(fact, name, chain.inForceAt(fact))));
                    }
                    cursor("1-" + dispatched);
                }
                default -> append("1-" + ++published);
            }
        }

        List<ShardHistory.Span> spans = spans();
        assertThat(decided).hasSizeGreaterThan(200);
        assertThat(decided).allSatisfy(each -> {
            List<ShardHistory.Span> holding = spans.stream()
                    .filter(span ->
                            span.version().subscription().equals(each.subscription()) && span.holds(each.fact()))
                    .toList();
            assertThat(holding).describedAs("seed %d, %s", seed, each).hasSizeLessThan(2);
            if (each.revision().isPresent()) {
                assertThat(holding)
                        .describedAs("seed %d, %s", seed, each)
                        .extracting(span -> span.version().revision())
                        .containsExactly(each.revision().getAsLong());
            } else {
                assertThat(holding).describedAs("seed %d, %s", seed, each).noneMatch(span -> span.isSure(each.fact()));
            }
        });
    }

    private List<ShardHistory.Span> spans() {
        return activations.history(namespace, 0).spans();
    }

    private static ShardHistory.Span span(InterestRef version, FactId after, FactId until, FactId sure) {
        return new ShardHistory.Span(version, after, until, sure);
    }

    private static FactId fact(long milliseconds, long sequence) {
        return new FactId(0, milliseconds, sequence);
    }

    private static FactId end() {
        return fact(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private void append(String position) {
        redis.xadd(RedisKeys.shard(namespace, 0, "facts"), new StreamEntryID(position), Map.of("f", "{}"));
    }

    private void cursor(String position) {
        redis.hset(RedisKeys.shard(namespace, 0, "dispatch"), "cursor", position);
    }

    private record Decided(FactId fact, String subscription, OptionalLong revision) {
        Decided {
            Objects.requireNonNull(fact);
        }
    }
}
