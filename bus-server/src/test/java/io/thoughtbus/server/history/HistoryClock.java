package io.thoughtbus.server.history;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Nanoseconds since a history began, by a clock that never jumps. */
final class HistoryClock {
    private final LongSupplier nanoTime;
    private final long origin;
    private final Instant began;

    HistoryClock(LongSupplier nanoTime, InstantSource wallClock) {
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
        this.began = wallClock.instant();
    }

    long now() {
        return nanoTime.getAsLong() - origin;
    }

    /** When a time told by the bus will be, or was, as far as its clock agrees with the one of this machine. */
    long at(Instant time) {
        return Duration.between(began, time).toNanos();
    }
}
