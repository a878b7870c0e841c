package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.Replay;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** When replays are likely to end: what is left takes as long as what is done took, in proportion. */
final class Estimate {
    private static final double LEAST = 0.001;

    private Estimate() {}

    /**
     * The time of the end.
     *
     * @param progress from 0 to 1
     * @return absent for a replay that does not run or has only begun
     */
    static @Nullable Instant end(Replay.State state, double progress, long ranMillis, Instant now) {
        if (state != Replay.State.RUNNING || progress < LEAST || ranMillis <= 0) {
            return null;
        }
        long left = Math.round(ranMillis * (1 - progress) / progress);
        return now.plusMillis(left).truncatedTo(ChronoUnit.SECONDS);
    }
}
