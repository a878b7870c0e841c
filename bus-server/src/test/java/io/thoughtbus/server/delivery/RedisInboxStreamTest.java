package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.WakeVerdict.Kind;
import io.thoughtbus.server.redis.RedisInHand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisInboxStreamTest {
    private static final String STREAM = "0123456789abcdef";
    private static final String OTHER = "fedcba9876543210";

    private final InboxInHand inbox = InboxInHand.open();

    @Test
    void aStreamHoldsNoMoreThanItsWindow() {
        List<String> wakes = inbox.oweSome(5);

        assertThat(wakes(inbox.take(3, STREAM))).isEqualTo(wakes.subList(0, 3));
        assertThat(wakes(inbox.take(3, STREAM))).isEmpty();
        assertThat(wakes(inbox.take(3, OTHER))).isEqualTo(wakes.subList(3, 5));
    }

    @Test
    void aVerdictMakesRoomInTheWindow() {
        List<String> wakes = inbox.oweSome(4);
        inbox.take(2, STREAM);

        inbox.settle(wakes.get(0), Kind.DONE);
        assertThat(wakes(inbox.take(2, STREAM))).containsExactly(wakes.get(2));

        inbox.defer(wakes.get(1), Duration.ofHours(1));
        assertThat(wakes(inbox.take(2, STREAM))).containsExactly(wakes.get(3));
    }

    @Test
    void whatAStreamDidNotAnswerInTimeComesToItAgain() {
        InboxInHand brief = InboxInHand.open(DeliverySettings.USUAL.withLease(InboxInHand.SHORT));
        List<String> wakes = brief.oweSome(2);
        brief.take(2, STREAM);

        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(brief.take(2, STREAM).wakes())
                        .containsExactly(
                                new Handover.Given(wakes.get(0), 2, 3), new Handover.Given(wakes.get(1), 2, 4)));
    }

    @Test
    void serialsGoUpOverAllStreamsOfASubscription() {
        inbox.oweSome(3);

        Handover first = inbox.take(2, STREAM);
        Handover second = inbox.take(2, OTHER);

        assertThat(first.wakes()).extracting(Handover.Given::serial).containsExactly(1L, 2L);
        assertThat(second.wakes()).extracting(Handover.Given::serial).containsExactly(3L);
    }

    @Test
    void aReaderThatComesBackGetsWhatItHasNotSeenInTheSameAttempt() {
        inbox.oweSome(3);
        List<Handover.Given> given = inbox.take(3, STREAM).wakes();

        assertThat(resume(given.get(0).serial()).wakes()).isEqualTo(given.subList(1, 3));
        assertThat(resume(given.get(2).serial()).wakes()).isEmpty();
    }

    @Test
    void aReaderThatComesBackDoesNotGetWhatIsSettled() {
        List<String> wakes = inbox.oweSome(3);
        List<Handover.Given> given = inbox.take(3, STREAM).wakes();
        inbox.settle(wakes.get(1), Kind.DONE);

        assertThat(resume(0).wakes()).containsExactly(given.get(0), given.get(2));
    }

    @Test
    void aReaderThatComesBackDoesNotGetWhatAnotherHasTakenMeanwhile() {
        InboxInHand brief = InboxInHand.open(DeliverySettings.USUAL.withLease(InboxInHand.SHORT));
        List<String> wakes = brief.oweSome(1);
        brief.take(1, STREAM);
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> wakes(brief.take(1, OTHER)), wakes::equals);

        assertThat(brief.inbox()
                        .resume(new TakeOrder(brief.subscription(), 1, STREAM), 0)
                        .orElseThrow()
                        .wakes())
                .isEmpty();
    }

    @Test
    void comingBackRenewsTheLeases() {
        InboxInHand brief = InboxInHand.open(DeliverySettings.USUAL.withLease(InboxInHand.SHORT));
        brief.oweSome(1);
        brief.take(1, STREAM);
        brief.inbox().open(brief.subscription(), InboxInHand.REVISION, DeliverySettings.USUAL);

        Handover resumed = brief.inbox()
                .resume(new TakeOrder(brief.subscription(), 1, STREAM), 0)
                .orElseThrow();

        assertThat(resumed.leaseUntil()).isAfter(Instant.now().plusSeconds(20));
        assertThat(brief.take(1).nextDue()).contains(resumed.leaseUntil());
    }

    @Test
    void aStreamOfAnUnknownSubscriptionCannotBeResumed() {
        inbox.inbox().remove(inbox.subscription());

        assertThat(inbox.inbox().resume(new TakeOrder(inbox.subscription(), 1, STREAM), 0))
                .isEmpty();
    }

    @Test
    void whatAStreamHeldIsForgottenByItselfAfterAWhile() {
        inbox.oweSome(1);

        inbox.take(1, STREAM);

        assertThat(RedisInHand.client().ttl(inbox.keys().heldPrefix() + STREAM)).isBetween(3_500L, 3_600L);
    }

    private Handover resume(long seen) {
        return inbox.inbox()
                .resume(new TakeOrder(inbox.subscription(), 3, STREAM), seen)
                .orElseThrow();
    }

    private static List<String> wakes(Handover handover) {
        return handover.wakes().stream().map(Handover.Given::wake).toList();
    }
}
