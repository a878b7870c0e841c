package io.thoughtbus.server.replay;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a replay may be paused: while it is, the journal keeps what it has still to read. */
final class Pauses {
    static final String OVER = "it was paused for a week";
    private static final Duration LONGEST = Duration.ofDays(7);

    private Pauses() {}

    /** Whether a pause has lasted too long. */
    static boolean isOver(@Nullable Instant since, Instant now) {
        return since != null && since.plus(LONGEST).isBefore(now);
    }
}
