package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.Limits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How wakes are handed over.
 *
 * @param maxWaiting the most takes and streams that may wait for wakes at the same time; further ones are refused
 * @param patience how long a reader of an event stream may leave unread what was sent before its stream is ended
 * @param maxUnsent the most that all event streams together hold for readers that are behind; beyond it the stream ends
 *     whose reader has not read for longest
 */
@ConfigurationProperties("thoughtbus.delivery")
record DeliveryProperties(
        @DefaultValue("4096") int maxWaiting,
        @DefaultValue("PT2M") Duration patience,
        @DefaultValue("32MB") DataSize maxUnsent) {
    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(1);

    /** What one reader that comes back may be given at once. */
    private static final DataSize LEAST_UNSENT = DataSize.ofBytes((long) Limits.WAKES * Limits.FACT_BYTES);

    DeliveryProperties {
        if (maxWaiting < 1 || maxWaiting > 1_000_000) {
            throw new IllegalArgumentException(
                    "thoughtbus.delivery.max-waiting must be within [1, 1000000] but was " + maxWaiting);
        }
        if (patience.compareTo(SHORTEST_PATIENCE) < 0) {
            throw new IllegalArgumentException(
                    "thoughtbus.delivery.patience must be at least " + SHORTEST_PATIENCE + " but was " + patience);
        }
        if (maxUnsent.compareTo(LEAST_UNSENT) < 0) {
            throw new IllegalArgumentException(
                    "thoughtbus.delivery.max-unsent must be at least " + LEAST_UNSENT + " but was " + maxUnsent);
        }
    }
}
