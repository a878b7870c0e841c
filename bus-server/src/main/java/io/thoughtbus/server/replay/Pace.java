package io.thoughtbus.server.replay;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How fast a replay may deliver: so many facts a second, evenly, or as many as it likes. */
final class Pace {
    private static final double SECOND = 1_000_000_000;

    private final double rate;
    private final double most;
    private final LongSupplier nanos;
    private double allowed = 1;
    private long since;

    /**
     * A pace at which one fact may be delivered at once.
     *
     * @param rate facts a second; absent for no bound
     */
    Pace(@Nullable Double rate, LongSupplier nanos) {
        this.rate = rate == null ? Double.POSITIVE_INFINITY : rate;
        this.most = Math.max(1, this.rate / 10);
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    /** How many facts may be delivered now. */
    long allowance() {
        long now = nanos.getAsLong();
        if (now > since) {
            allowed = Math.min(most, allowed + rate * (now - since) / SECOND);
            since = now;
        }
        return (long) Math.min(Integer.MAX_VALUE, allowed);
    }

    /** Facts have been delivered. */
    void spend(long facts) {
        allowed -= facts;
    }

    /** How long until the next fact may be delivered. */
    Duration untilNext() {
        return allowance() >= 1 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil((1 - allowed) / rate * SECOND));
    }
}
