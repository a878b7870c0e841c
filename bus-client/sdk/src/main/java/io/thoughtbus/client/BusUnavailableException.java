package io.thoughtbus.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The bus could not be reached, was too busy or did not answer in time: trying again may succeed. Whether the request
 * was carried out is not known.
 */
public final class BusUnavailableException extends BusException {
    private final Duration retryAfter;

    BusUnavailableException(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long the bus asks to wait before the next try; zero if it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
