package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.WakeVerdict.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisInboxReleaseTest {
    private final InboxInHand inbox =
            InboxInHand.open(DeliverySettings.USUAL.withLease(InboxInHand.LONG).withMaxAttempts(2));

    @Test
    void aReleasedWakeIsDueAgainAndItsAttemptDoesNotCount() {
        List<String> wakes = inbox.oweSome(1);

        for (int i = 0; i < 5; i++) {
            Handover given = inbox.take(1);
            assertThat(given.wakes()).containsExactly(new Handover.Given(wakes.get(0), 1, 0));
            release(given);
        }
    }

    @Test
    void aLaterAttemptIsGivenBackToo() {
        List<String> wakes = inbox.oweSome(1);
        inbox.taken(1);
        inbox.defer(wakes.get(0), Duration.ZERO);
        Handover second = inbox.take(1);

        release(second);

        assertThat(inbox.take(1).wakes()).containsExactly(new Handover.Given(wakes.get(0), 2, 0));
    }

    @Test
    void aReleasedWakeStillComesBeforeThoseAfterIt() {
        List<String> wakes = inbox.oweSome(4);
        Handover first = inbox.take(2);

        release(first);

        assertThat(inbox.taken(4)).isEqualTo(wakes);
    }

    @Test
    void whatWasSettledOrDeferredBeforeTheReleaseStaysSo() {
        List<String> wakes = inbox.oweSome(2);
        Handover given = inbox.take(2);
        inbox.settle(wakes.get(0), Kind.DONE);
        inbox.defer(wakes.get(1), Duration.ofHours(1));

        release(given);

        assertThat(inbox.owed()).containsExactly(wakes.get(1));
        assertThat(inbox.taken(2)).isEmpty();
    }

    @Test
    void theReleaseOfAnAttemptThatWasOvertakenChangesNothing() {
        List<String> wakes = inbox.oweSome(1);
        Handover first = inbox.take(1);
        inbox.defer(wakes.get(0), Duration.ZERO);
        inbox.taken(1);

        release(first);

        assertThat(inbox.taken(1)).isEmpty();
        assertThat(inbox.settle(wakes.get(0), Kind.DONE, null, null, 2).kind()).isEqualTo(VerdictOutcome.Kind.DONE);
    }

    private void release(Handover given) {
        inbox.inbox().release(inbox.subscription(), given.wakes());
    }
}
