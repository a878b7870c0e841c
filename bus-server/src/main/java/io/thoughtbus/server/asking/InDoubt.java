package io.thoughtbus.server.asking;

import io.thoughtbus.protocol.SecondStage.WhenAway;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.delivery.WakeId;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.Doubt;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.matching.RedisAnswers.Asked;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wake in doubt, with what it is about.
 *
 * @param fact absent if the journal no longer holds it
 * @param interest absent if its version is no longer kept
 */
record InDoubt(
        SubscriptionRef subscription,
        WakeId wake,
        @Nullable JournalledFact fact,
        @Nullable CompiledInterest interest) {
    /** How long after its fact a wake may stay in doubt. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** The same for who rather waits. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    Asked asked() {
        return asked(subscription, wake);
    }

    static Asked asked(SubscriptionRef subscription, WakeId wake) {
        return new Asked(wake.fact(), new InterestRef(subscription.id(), wake.revision()));
    }

    /** Whether it is too late to ask: the margin decides. */
    boolean isOverdue(Instant now) {
        Duration longest = waits() ? LONGEST_WAIT : LONGEST;
        return fact == null
                || doubt() == null
                || !fact.fact().expiresAt().isAfter(now)
                || now.toEpochMilli() - wake.fact().milliseconds() > longest.toMillis();
    }

    /** Whether it rather waits for an answer than has the margin decide. */
    boolean waits() {
        Doubt doubt = doubt();
        return doubt != null && doubt.whenAway() == WhenAway.WAIT;
    }

    /** Why it is in doubt; absent if its version is no longer kept. */
    @Nullable
    Doubt doubt() {
        return interest == null ? null : interest.doubt();
    }
}
