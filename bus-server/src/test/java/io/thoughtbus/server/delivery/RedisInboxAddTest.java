package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.WakeVerdict.Kind;
import io.thoughtbus.server.redis.RedisInHand;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisInboxAddTest {
    private static final FactId FIRST = new FactId(0, 1_000, 2);
    private static final FactId SECOND = new FactId(0, 1_000, 10);
    private static final FactId THIRD = new FactId(0, 1_001, 0);

    private final InboxInHand inbox = InboxInHand.open();

    @Test
    void owesEachPositionOfAShardOnce() {
        assertThat(inbox.owe(FIRST, SECOND)).isEqualTo(2);
        assertThat(inbox.owe(FIRST, SECOND)).isZero();
        assertThat(inbox.owe(SECOND, THIRD)).isEqualTo(1);

        assertThat(inbox.owed()).isEqualTo(InboxInHand.wakes(FIRST, SECOND, THIRD));
    }

    @Test
    void doesNotOweAgainWhatHasBeenSettled() {
        inbox.owe(FIRST);
        inbox.taken(1);
        inbox.settle(InboxInHand.wakes(FIRST).get(0), Kind.DONE);

        assertThat(inbox.owe(FIRST)).isZero();
        assertThat(inbox.owed()).isEmpty();
    }

    @Test
    void comparesPositionsAsNumbers() {
        inbox.owe(new FactId(0, 999, 9));

        assertThat(inbox.owe(new FactId(0, 999, 10))).isEqualTo(1);
        assertThat(inbox.owe(new FactId(0, 1_000, 0))).isEqualTo(1);
        assertThat(inbox.owe(new FactId(0, 1_000, 0))).isZero();
    }

    @Test
    void remembersEachShardOnItsOwn() {
        inbox.owe(THIRD);

        assertThat(inbox.owe(new FactId(1, 1_000, 0))).isEqualTo(1);
        assertThat(inbox.owe(new FactId(10, 1_000, 0))).isEqualTo(1);
        assertThat(inbox.owe(FIRST)).isZero();
    }

    @Test
    void ignoresWhatIsForADeletedInbox() {
        inbox.inbox().remove(inbox.subscription());

        assertThat(inbox.owe(FIRST)).isZero();
        assertThat(RedisInHand.client()
                        .exists(inbox.keys().allAnd(inbox.keys().judgements()).toArray(String[]::new)))
                .isZero();
    }

    @Test
    void ignoresWhatAnEarlierSubscriptionOfTheSameNameIsStillOwed() {
        assertThat(inbox.owe(InboxInHand.REVISION - 1, FIRST)).isZero();
        assertThat(inbox.owe(InboxInHand.REVISION + 1, FIRST)).isEqualTo(1);
        assertThat(inbox.owed())
                .containsExactly(WakeId.of(FIRST, InboxInHand.REVISION + 1).toString());
    }

    @Test
    void ignoringOneOfSeveralDoesNotKeepTheOthersOut() {
        inbox.owe(InboxInHand.REVISION - 1, FIRST, SECOND);

        assertThat(inbox.owe(FIRST, SECOND)).isEqualTo(2);
    }

    @Test
    void aVersionAfterTheFirstDoesNotChangeWhatTheInboxStartedWith() {
        inbox.inbox().open(inbox.subscription(), InboxInHand.REVISION + 5, DeliverySettings.USUAL);

        assertThat(inbox.owe(InboxInHand.REVISION, FIRST)).isEqualTo(1);
    }

    @Test
    void aFactOfTheFutureIsDueNow() {
        inbox.owe(new FactId(0, Instant.now().plusSeconds(3_600).toEpochMilli(), 0));

        assertThat(inbox.taken(5)).hasSize(1);
    }

    @Test
    void aRemovedInboxLeavesNothingBehindButWhatTheLedgerHasNotTaken() {
        List<String> wakes = inbox.oweSome(4);
        inbox.taken(4);
        inbox.settle(wakes.get(0), Kind.NEVER);
        inbox.settle(wakes.get(1), Kind.LATER);

        inbox.inbox().remove(inbox.subscription());

        assertThat(RedisInHand.client().keys("tb:{" + inbox.subscription() + "}:*"))
                .containsExactly("tb:{" + inbox.subscription() + "}:trail");
    }
}
