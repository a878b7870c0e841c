package io.thoughtbus.server.delivery;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** How many bytes all event streams together hold that their readers have not taken yet. */
@Component
final class Unsent {
    private final long most;
    private final Ticker ticker;
    private final AtomicLong bytes = new AtomicLong();

    Unsent(DeliveryProperties properties, Ticker ticker, MeterRegistry meters) {
        this.most = properties.maxUnsent().toBytes();
        this.ticker = ticker;
        Gauge.builder("thoughtbus.delivery.unsent", bytes, AtomicLong::get)
                .description("bytes that event streams hold for readers that are behind")
                .baseUnit("bytes")
                .register(meters);
    }

    /** Counts bytes that wait now, or, less than 0, that wait no more. */
    void add(long change) {
        bytes.addAndGet(change);
    }

    /** Whether more waits than may. */
    boolean isTooMuch() {
        return bytes.get() > most;
    }

    /** Nanoseconds that pass whatever happens to the clock. */
    long now() {
        return ticker.read();
    }
}
