package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.subscription.StoredSubscription;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Hands replays to the loops that carry them out. */
@Component
final class ReplayQueue {
    private final RedisReplays replays;
    private final ReplayBell bell;
    private final Clock clock;

    ReplayQueue(RedisReplays replays, ReplayBells bells, Clock clock) {
        this.replays = replays;
        this.bell = bells.subscriptions();
        this.clock = clock;
    }

    /**
     * Stores a replay that is to run soon; repeatable.
     *
     * @param decides the version of the subscription that matches
     * @param how what else its subscriber asked for
     */
    void add(ReplayRef ref, StoredSubscription decides, ReplayRange range, How how) {
        replays.add(
                ref,
                new StoredReplay.Plan(
                        decides.revision(),
                        decides.version(),
                        range,
                        how.wholeFrom(),
                        how.choice().subject(),
                        how.choice().publisher(),
                        how.choice().filter(),
                        how.choice().about(),
                        how.deliver(),
                        how.rate(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        bell.ring();
    }

    /** Lets the loops look at replays that may go on. */
    void look() {
        bell.ring();
    }

    /**
     * What belongs to a replay besides its range.
     *
     * @param wholeFrom where the journal begins to hold all of the range, if it does not from the start
     * @param deliver whether matches are owed as wakes
     * @param rate the most facts that are delivered a second, if that is bounded
     */
    record How(
            @Nullable FactId wholeFrom,
            Choice choice,
            boolean deliver,
            @Nullable Double rate) {}
}
