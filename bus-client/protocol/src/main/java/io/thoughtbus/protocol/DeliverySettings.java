package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How wakes are handed over.
 *
 * @param lease how long a taken wake stays with its taker before it is due again: 100 ms to 12 h
 * @param maxAttempts how often a wake is handed over before it becomes a dead letter: 1 to 100
 * @param backoff how long a deferred wake rests after its first attempt, doubling with each further one: 0 to 12 h
 */
public record DeliverySettings(Duration lease, int maxAttempts, Duration backoff) {
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);
    private static final int MOST_ATTEMPTS = 100;

    /** 30 s of lease, 10 attempts, 1 s of backoff. */
    public static final DeliverySettings USUAL =
            new DeliverySettings(Duration.ofSeconds(30), 10, Duration.ofSeconds(1));

    public DeliverySettings {
        Fields.within("lease", lease, SHORTEST_LEASE, Limits.LEASE);
        Fields.within("maxAttempts", maxAttempts, 1, MOST_ATTEMPTS);
        Fields.within("backoff", backoff, Duration.ZERO, Limits.LEASE);
    }

    @JsonCreator
    static DeliverySettings of(@Nullable Duration lease, @Nullable Integer maxAttempts, @Nullable Duration backoff) {
        return new DeliverySettings(
                lease == null ? USUAL.lease : lease,
                maxAttempts == null ? USUAL.maxAttempts : maxAttempts,
                backoff == null ? USUAL.backoff : backoff);
    }

    /** The same settings with another lease. */
    public DeliverySettings withLease(Duration lease) {
        return new DeliverySettings(lease, maxAttempts, backoff);
    }

    /** The same settings with another number of attempts. */
    public DeliverySettings withMaxAttempts(int maxAttempts) {
        return new DeliverySettings(lease, maxAttempts, backoff);
    }

    /** The same settings with another backoff. */
    public DeliverySettings withBackoff(Duration backoff) {
        return new DeliverySettings(lease, maxAttempts, backoff);
    }
}
