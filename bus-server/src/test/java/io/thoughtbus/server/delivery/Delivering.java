package io.thoughtbus.server.delivery;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Settings of delivery for tests. */
final class Delivering {
    private Delivering() {}

    /** To so many who wait at most. */
    static DeliveryProperties to(int maxWaiting) {
        return new DeliveryProperties(maxWaiting, Duration.ofSeconds(45), DataSize.ofMegabytes(16));
    }
}
