package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.WakeVerdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisInboxDeferTest {
    private static final DeliverySettings USUAL = DeliverySettings.USUAL.withLease(InboxInHand.LONG);

    @Test
    void aDeferredWakeRestsForItsDelay() {
        InboxInHand inbox = InboxInHand.open();
        List<String> wakes = inbox.oweSome(1);
        inbox.taken(1);
        Instant before = Instant.now().minusMillis(2);

        VerdictOutcome outcome = inbox.defer(wakes.get(0), Duration.ofMillis(150));

        assertThat(outcome.kind()).isEqualTo(VerdictOutcome.Kind.LATER);
        Instant dueAt = Objects.requireNonNull(outcome.dueAt());
        assertThat(dueAt).isBetween(before.plusMillis(150), Instant.now().plusMillis(150));
        assertThat(inbox.take(1).nextDue()).contains(dueAt);
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> inbox.take(1).wakes(), List.of(new Handover.Given(wakes.get(0), 2, 0))::equals);
        assertThat(Instant.now()).isAfterOrEqualTo(dueAt);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 4", "3, 8", "5, 32"})
    void aWakeDeferredWithoutADelayRestsTwiceAsLongEachTimeWithinTheJitter(int attempt, long seconds) {
        assertRest(attempt, () -> 0L, seconds * 750, seconds * 750);
        assertRest(attempt, () -> -1L, seconds * 1250 - 1, seconds * 1250);
        assertRest(attempt, new Random(), seconds * 750, seconds * 1250);
    }

    @Test
    void noBackoffIsLongerThanHalfADayAndItsJitter() {
        InboxInHand inbox = InboxInHand.open(USUAL.withBackoff(Duration.ofHours(7)), () -> -1L);
        String wake = inbox.oweSome(1).get(0);
        inbox.bringToAttempt(wake, 9);

        Instant dueAt = Objects.requireNonNull(inbox.defer(wake, null).dueAt());

        assertThat(dueAt)
                .isBetween(
                        Instant.now().plus(Duration.ofHours(14)), Instant.now().plus(Duration.ofHours(15)));
    }

    @Test
    void deferringTheLastAttemptMakesADeadLetterWithTheLastReasonGiven() {
        InboxInHand inbox = InboxInHand.open(USUAL.withMaxAttempts(2));
        String wake = inbox.oweSome(1).get(0);
        inbox.taken(1);
        inbox.settle(wake, Kind.LATER, Duration.ZERO, "printer on fire", null);
        inbox.taken(1);

        VerdictOutcome outcome = inbox.defer(wake, Duration.ZERO);

        assertThat(outcome.kind()).isEqualTo(VerdictOutcome.Kind.DEAD);
        assertThat(inbox.epitaph(wake))
                .contains("\"cause\":\"exhausted\"")
                .contains("\"attempts\":2")
                .contains("printer on fire");
    }

    private static void assertRest(int attempt, RandomGenerator random, long leastMillis, long mostMillis) {
        InboxInHand inbox = InboxInHand.open(USUAL.withBackoff(Duration.ofSeconds(2)), random);
        String wake = inbox.oweSome(1).get(0);
        inbox.bringToAttempt(wake, attempt);
        Instant before = Instant.now().minusMillis(2);

        Instant dueAt = Objects.requireNonNull(inbox.defer(wake, null).dueAt());

        assertThat(dueAt)
                .isBetween(before.plusMillis(leastMillis), Instant.now().plusMillis(mostMillis));
    }
}
