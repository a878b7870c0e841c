package io.thoughtbus.client;

import org.jspecify.annotations.Nullable;

/** Something that the bus did not do. Its kinds differ by what the caller can do about it. */
public abstract class BusException extends RuntimeException {
    BusException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
