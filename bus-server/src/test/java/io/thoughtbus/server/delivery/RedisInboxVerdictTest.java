package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.WakeVerdict;
import io.thoughtbus.protocol.WakeVerdict.Kind;
import io.thoughtbus.server.redis.RedisInHand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.resps.StreamEntry;

class RedisInboxVerdictTest {
    private static final DeliverySettings USUAL = DeliverySettings.USUAL.withLease(InboxInHand.LONG);

    @Test
    void aFinishedWakeIsGone() {
        InboxInHand inbox = InboxInHand.open();
        List<String> wakes = inbox.oweSome(2);
        inbox.taken(1);

        assertThat(inbox.settle(wakes.get(0), Kind.DONE).kind()).isEqualTo(VerdictOutcome.Kind.DONE);
        assertThat(inbox.owed()).containsExactly(wakes.get(1));
        assertThat(inbox.settle(wakes.get(0), Kind.DONE).kind()).isEqualTo(VerdictOutcome.Kind.GONE);
    }

    @Test
    void aRefusedWakeIsADeadLetterWithItsReason() {
        InboxInHand inbox = InboxInHand.open();
        List<String> wakes = inbox.oweSome(1);
        inbox.taken(1);

        VerdictOutcome outcome = inbox.settle(wakes.get(0), Kind.NEVER, null, "no such user | \"x\"", null);

        assertThat(outcome.kind()).isEqualTo(VerdictOutcome.Kind.DEAD);
        assertThat(inbox.owed()).isEmpty();
        assertThat(inbox.dead()).isEqualTo(wakes);
        assertThat(inbox.epitaph(wakes.get(0)))
                .contains("\"cause\":\"refused\"")
                .contains("no such user | \\\"x\\\"");
    }

    @Test
    void aVerdictOnAnEarlierAttemptIsOvertaken() {
        InboxInHand inbox = InboxInHand.open();
        String wake = inbox.oweSome(1).get(0);
        inbox.bringToAttempt(wake, 2);

        VerdictOutcome outcome = inbox.settle(wake, Kind.DONE, null, null, 1);

        assertThat(outcome).isEqualTo(new VerdictOutcome(VerdictOutcome.Kind.OVERTAKEN, null, 2));
        assertThat(inbox.owed()).containsExactly(wake);
        assertThat(inbox.settle(wake, Kind.DONE, null, null, 2).kind()).isEqualTo(VerdictOutcome.Kind.DONE);
    }

    @Test
    void aVerdictThatComesAfterTheLeaseCountsUnlessTheWakeWasTakenAgain() {
        InboxInHand inbox = InboxInHand.open(USUAL.withLease(InboxInHand.SHORT));
        String wake = inbox.oweSome(1).get(0);
        Instant leaseUntil = inbox.take(1).leaseUntil();
        await().pollInterval(Duration.ofMillis(10)).until(() -> Instant.now().isAfter(leaseUntil));

        assertThat(inbox.settle(wake, Kind.DONE, null, null, 1).kind()).isEqualTo(VerdictOutcome.Kind.DONE);
    }

    @Test
    void aVerdictOnWhatIsNotInHandIsRefused() {
        InboxInHand inbox = InboxInHand.open();
        List<String> wakes = inbox.oweSome(2);
        inbox.taken(1);
        inbox.defer(wakes.get(0), Duration.ofHours(1));

        assertThat(inbox.settle(wakes.get(0), Kind.DONE).kind()).isEqualTo(VerdictOutcome.Kind.RESTS);
        assertThat(inbox.settle(wakes.get(1), Kind.DONE).kind()).isEqualTo(VerdictOutcome.Kind.GONE);
        assertThat(inbox.settle("0-1-00000000.9", Kind.NEVER).kind()).isEqualTo(VerdictOutcome.Kind.GONE);
        assertThat(inbox.owed()).containsExactlyInAnyOrderElementsOf(wakes);
        assertThat(inbox.dead()).isEmpty();
    }

    @Test
    void verdictsOfOneRequestAreJudgedOneAfterTheOther() {
        InboxInHand inbox = InboxInHand.open();
        List<String> wakes = inbox.oweSome(2);
        inbox.taken(2);

        List<VerdictOutcome> outcomes = inbox.inbox()
                .settle(
                        inbox.subscription(),
                        List.of(
                                new WakeVerdict(wakes.get(1), Kind.DONE, null, null, null, null),
                                new WakeVerdict(wakes.get(0), Kind.NEVER, null, null, null, null),
                                new WakeVerdict(wakes.get(1), Kind.DONE, null, null, null, null)))
                .orElseThrow();

        assertThat(outcomes)
                .extracting(VerdictOutcome::kind)
                .containsExactly(VerdictOutcome.Kind.DONE, VerdictOutcome.Kind.DEAD, VerdictOutcome.Kind.GONE);
    }

    @Test
    void aJudgementOnRelevanceIsKeptIfTheVerdictIsCarriedOut() {
        InboxInHand inbox = InboxInHand.open();
        String wake = inbox.oweSome(1).get(0);
        inbox.taken(1);
        WakeVerdict irrelevant = new WakeVerdict(wake, Kind.DONE, null, null, false, null);

        inbox.inbox().settle(inbox.subscription(), List.of(irrelevant, irrelevant));

        assertThat(RedisInHand.client().xrange(inbox.keys().judgements(), "-", "+"))
                .extracting(StreamEntry::getFields)
                .containsExactly(Map.of("w", wake, "r", "0"));
    }

    @Test
    void anUnknownSubscriptionHasNoVerdicts() {
        InboxInHand inbox = InboxInHand.open();
        inbox.inbox().remove(inbox.subscription());

        assertThat(inbox.inbox()
                        .settle(
                                inbox.subscription(),
                                List.of(new WakeVerdict("0-1-00000000.7", Kind.DONE, null, null, null, null))))
                .isEmpty();
    }
}
