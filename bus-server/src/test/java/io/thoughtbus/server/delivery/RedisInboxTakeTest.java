package io.thoughtbus.server.delivery;

import static io.thoughtbus.server.delivery.InboxInHand.LONG;
import static io.thoughtbus.server.delivery.InboxInHand.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.WakeVerdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

class RedisInboxTakeTest {
    private static final DeliverySettings BRIEF = DeliverySettings.USUAL.withLease(SHORT);

    @Test
    void handsOverInTheOrderOfPositions() {
        InboxInHand inbox = InboxInHand.open();
        FactId[] facts = {
            new FactId(0, 999, 0),
            new FactId(0, 1_000, 2),
            new FactId(0, 1_000, 10),
            new FactId(0, 1_000, 100),
            new FactId(0, 10_000, 0)
        };
        inbox.owe(facts);

        assertThat(inbox.taken(10)).isEqualTo(InboxInHand.wakes(facts));
    }

    @Test
    void handsOverTheFactsOfAllShardsByTime() {
        InboxInHand inbox = InboxInHand.open();
        inbox.owe(new FactId(3, 1_000, 0), new FactId(3, 1_002, 0));
        inbox.owe(new FactId(0, 1_001, 0), new FactId(0, 1_003, 0));

        assertThat(inbox.taken(10))
                .isEqualTo(InboxInHand.wakes(
                        new FactId(3, 1_000, 0),
                        new FactId(0, 1_001, 0),
                        new FactId(3, 1_002, 0),
                        new FactId(0, 1_003, 0)));
    }

    @Test
    void givesEachWakeToOneTaker() {
        InboxInHand inbox = InboxInHand.open();
        List<String> wakes = inbox.oweSome(5);

        assertThat(inbox.taken(3)).isEqualTo(wakes.subList(0, 3));
        assertThat(inbox.taken(3)).isEqualTo(wakes.subList(3, 5));
        assertThat(inbox.taken(3)).isEmpty();
    }

    @Test
    void tellsTheLeaseAndTheFirstAttempt() {
        InboxInHand inbox = InboxInHand.open();
        inbox.oweSome(1);
        Instant before = Instant.now().minusMillis(2);

        Handover handover = inbox.take(1);

        assertThat(handover.leaseUntil())
                .isBetween(before.plus(LONG), Instant.now().plus(LONG));
        assertThat(handover.wakes()).extracting(Handover.Given::attempt).containsExactly(1);
    }

    @Test
    void tellsWhenTheNextWakeIsDue() {
        InboxInHand inbox = InboxInHand.open();
        assertThat(inbox.take(1).nextDue()).isEmpty();
        inbox.owe(new FactId(0, 1_000, 0), new FactId(0, 2_000, 0));

        Handover first = inbox.take(1);
        Handover second = inbox.take(1);
        Handover nothing = inbox.take(1);

        assertThat(first.nextDue()).contains(Instant.ofEpochMilli(2_000));
        assertThat(second.nextDue()).contains(first.leaseUntil());
        assertThat(nothing.wakes()).isEmpty();
        assertThat(nothing.nextDue()).contains(first.leaseUntil());
    }

    @Test
    void aWakeWhoseLeaseRanOutIsDueAgainInItsNextAttempt() {
        InboxInHand inbox = InboxInHand.open(BRIEF);
        List<String> wakes = inbox.oweSome(1);
        Handover first = inbox.take(1);

        soon().untilAsserted(() ->
                assertThat(inbox.take(1).wakes()).containsExactly(new Handover.Given(wakes.get(0), 2, 0)));

        assertThat(Instant.now()).isAfterOrEqualTo(first.leaseUntil());
    }

    @Test
    void aWakeThatNobodyAnswersBecomesADeadLetterAfterItsLastAttempt() {
        InboxInHand inbox = InboxInHand.open(BRIEF.withMaxAttempts(2));
        List<String> wakes = inbox.oweSome(1);
        inbox.take(1);
        soon().until(() -> inbox.taken(1), wakes::equals);

        soon().until(() -> inbox.taken(1).isEmpty() && inbox.dead().equals(wakes));

        assertThat(inbox.owed()).isEmpty();
        assertThat(inbox.epitaph(wakes.get(0))).contains("\"unanswered\"").contains("\"attempts\":2");
    }

    @Test
    void aTakerGetsAsManyAsItAsksForAlthoughSomeAreBuriedOnTheWay() {
        InboxInHand inbox = InboxInHand.open(BRIEF.withMaxAttempts(1));
        List<String> given = inbox.oweSome(3);
        Handover first = inbox.take(3);
        FactId[] later = {new FactId(0, 5_000, 0), new FactId(0, 5_001, 0)};
        soon().until(() -> Instant.now().isAfter(first.leaseUntil()));
        inbox.owe(later);

        assertThat(inbox.taken(5)).isEqualTo(InboxInHand.wakes(later));
        assertThat(inbox.dead()).isEqualTo(given);
    }

    @Test
    void anUnknownSubscriptionIsToldFromAnEmptyInbox() {
        InboxInHand inbox = InboxInHand.open();
        SubscriptionRef unknown = new SubscriptionRef(inbox.subscription().namespace(), "unknown");

        assertThat(inbox.inbox().take(new TakeOrder(unknown, 1, ""))).isEmpty();
        assertThat(inbox.inbox().take(new TakeOrder(inbox.subscription(), 1, "")))
                .isPresent();
    }

    @Test
    void anExtendedLeaseKeepsTheWakeInHand() {
        InboxInHand inbox = InboxInHand.open(BRIEF);
        List<String> wakes = inbox.oweSome(2);
        Instant leaseUntil = inbox.take(2).leaseUntil();

        RedisInbox.Extension extension = inbox.inbox()
                .extend(inbox.subscription(), List.of(wakes.get(0)), LONG)
                .orElseThrow();

        assertThat(extension.held()).containsExactly(true);
        assertThat(extension.leaseUntil()).isAfter(leaseUntil.plus(LONG).minusSeconds(1));
        soon().until(() -> inbox.taken(2), List.of(wakes.get(1))::equals);
    }

    @Test
    void onlyWakesInHandAreExtended() {
        InboxInHand inbox = InboxInHand.open();
        List<String> wakes = inbox.oweSome(4);
        inbox.taken(3);
        inbox.settle(wakes.get(0), Kind.DONE);
        inbox.defer(wakes.get(1), Duration.ofHours(1));

        assertThat(inbox.inbox()
                        .extend(inbox.subscription(), wakes, null)
                        .orElseThrow()
                        .held())
                .containsExactly(false, false, true, false);
        assertThat(inbox.owed()).doesNotContain(wakes.get(0));
        assertThat(inbox.taken(4)).containsExactly(wakes.get(3));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(10));
    }
}
