package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.Limits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How wakes are handed over.
 *
 * @param maxWaiting the most takes and streams that may wait for wakes at the same time; further ones are refused. 0
 *     means 4,096, or what a third of the heap holds
 * @param patience how long a reader of an event stream may leave unread what was sent before its stream is ended
 * @param maxUnsent the most that all event streams together hold for readers that are behind; beyond it the stream ends
 *     whose reader has not read for longest
 */
@ConfigurationProperties("thoughtbus.delivery")
record DeliveryProperties(
        @DefaultValue("0") int maxWaiting,
        @DefaultValue("PT45S") Duration patience,
        @DefaultValue("32MB") DataSize maxUnsent) {
    private static final int USUAL_WAITING = 4_096;

    /** What the connection of one who waits costs. */
    private static final long BYTES_EACH = 113 * 1_024;

    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(1);

    /** After a minute Tomcat ends the connection without a word. */
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(45);

    /** What one reader that comes back may be given at once. */
    private static final DataSize LEAST_UNSENT = DataSize.ofBytes((long) Limits.WAKES * Limits.FACT_BYTES);

    DeliveryProperties {
        if (maxWaiting < 0 || maxWaiting > 1_000_000) {
            throw new IllegalArgumentException(
                    "thoughtbus.delivery.max-waiting must be within [0, 1000000] but was " + maxWaiting);
        }
        if (maxWaiting == 0) {
            maxWaiting = (int) Math.min(USUAL_WAITING, Runtime.getRuntime().maxMemory() / 3 / BYTES_EACH);
        }
        if (patience.compareTo(SHORTEST_PATIENCE) < 0 || patience.compareTo(LONGEST_PATIENCE) > 0) {
            throw new IllegalArgumentException("thoughtbus.delivery.patience must be within [" + SHORTEST_PATIENCE
                    + ", " + LONGEST_PATIENCE + "] but was " + patience);
        }
        if (maxUnsent.compareTo(LEAST_UNSENT) < 0) {
            throw new IllegalArgumentException(
                    "thoughtbus.delivery.max-unsent must be at least " + LEAST_UNSENT + " but was " + maxUnsent);
        }
    }
}
