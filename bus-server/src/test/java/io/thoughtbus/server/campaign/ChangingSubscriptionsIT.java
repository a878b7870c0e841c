package io.thoughtbus.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.history.Delivery;
import io.thoughtbus.server.redis.RedisServer;
import io.thoughtbus.server.redis.RedisSettings;
import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions come with their past, change and go while facts are published and servers die. */
class ChangingSubscriptionsIT {
    private static final int MOST_WITH_PAST = 10;
    private static final int FACTS = 5_000;

    @TempDir
    private Path directory;

    private final AtomicInteger number = new AtomicInteger();
    private final Deque<String> passing = new ArrayDeque<>();

    @Test
    void eachFactIsDecidedByTheVersionAtItsPositionAndThePastComesOnce() {
        try (RedisServer redis = RedisServer.start(directory.resolve("redis"), RedisSettings.of(Fsync.ALWAYS));
                Server first = Server.launch(directory.resolve("first"), redis.uri());
                Server second = Server.launch(directory.resolve("second"), redis.uri());
                Arena arena = new Arena(
                        Scale.ofThisRun(20).over(2).withFacts(FACTS),
                        List.of(first, second),
                        redis.lastingClient(),
                        Durability.FSYNCED)) {
            Outcome outcome = arena.meanwhile((crowd, random) -> change(arena, crowd, random))
                    .suffer((strike, random) -> {
                        Server struck = strike % 2 == 0 ? first : second;
                        struck.kill();
                        struck.restart();
                    });

            outcome.noted(
                            "subscriptions declared with their past, changed and deleted while servers are killed",
                            outcome.ending().standings().size() + " versions")
                    .report()
                    .assertClean();
            assertThat(outcome.ending().standings())
                    .hasSizeGreaterThan(outcome.scale().subscriptions());
            assertThat(arena.ledger().withPast())
                    .isNotEmpty()
                    .allSatisfy((id, interest) -> assertWhole(outcome, id, interest));
            assertThat(arena.ledger().deletedAt())
                    .isNotEmpty()
                    .allSatisfy((id, at) -> assertNothingLater(outcome, id, at));
        }
    }

    private boolean change(Arena arena, Crowd crowd, Random random) {
        int server = random.nextInt(2);
        Interesting interest = arena.topics().another(random);
        int step = number.getAndIncrement();
        if (step % 8 == 0 && arena.ledger().withPast().size() < MOST_WITH_PAST) {
            String id = "past-" + step;
            arena.ledger().declareWithPast(arena.patient(server), id, interest);
            crowd.take(id, random.nextInt(2));
        } else if (step % 4 == 1) {
            String id = "passing-" + step;
            arena.ledger().declare(arena.patient(server), id, interest);
            crowd.take(id, random.nextInt(2));
            passing.add(id);
        } else if (step % 4 == 3 && passing.size() > 1) {
            arena.ledger().delete(arena.patient(server), passing.remove());
        } else {
            arena.ledger().declare(arena.patient(server), "s-" + random.nextInt(10), interest);
        }
        return true;
    }

    /** Every fact that it wants, from the first to the last, was the matter of exactly one wake. */
    private static void assertWhole(Outcome outcome, String id, Interesting interest) {
        Map<FactId, Set<String>> wakes = outcome.history().deliveries().stream()
                .filter(delivery -> delivery.subscription().equals(id))
                .collect(Collectors.groupingBy(Delivery::fact, Collectors.mapping(Delivery::wake, Collectors.toSet())));
        assertThat(wakes.values()).as("the wakes of %s", id).allMatch(ofOneFact -> ofOneFact.size() == 1);
        assertThat(wakes.keySet())
                .as("the facts that came to %s", id)
                .containsExactlyInAnyOrderElementsOf(outcome.ending().journal().stream()
                        .filter(interest::wants)
                        .map(fact -> fact.id())
                        .toList());
    }

    private static void assertNothingLater(Outcome outcome, String id, long deletedAt) {
        assertThat(outcome.history().deliveries())
                .filteredOn(delivery -> delivery.subscription().equals(id))
                .as("the wakes of %s", id)
                .allMatch(delivery -> delivery.fact().milliseconds() <= deletedAt);
    }
}
