package io.thoughtbus.server.replay;

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

    ReplayQueue(RedisReplays replays, ReplayBell bell, Clock clock) {
        this.replays = replays;
        this.bell = bell;
        this.clock = clock;
    }

    /**
     * Stores a replay that is to run soon; repeatable.
     *
     * @param decides the version of the subscription that matches
     * @param subject only facts about this subject, if given
     * @param deliver whether matches are owed as wakes
     */
    void add(ReplayRef ref, StoredSubscription decides, ReplayRange range, @Nullable String subject, boolean deliver) {
        replays.add(
                ref,
                new StoredReplay.Plan(
                        decides.revision(),
                        decides.version(),
                        range,
                        subject,
                        deliver,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        bell.ring();
    }
}
