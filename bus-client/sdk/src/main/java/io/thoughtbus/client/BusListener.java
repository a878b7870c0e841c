package io.thoughtbus.client;

import io.thoughtbus.protocol.Wake;

/**
 * Hears what happens in the background. Called by the client's own threads, which go on whatever the listener does.
 *
 * <p>About the connection: {@link #connectionLost}, {@link #connectionRestored}. About single wakes:
 * {@link #handlerFailed}, {@link #verdictRefused}. About the end: {@link #subscriptionEnded}.
 */
public interface BusListener {
    /** A listener that writes all to the log. */
    static BusListener logging() {
        return new LoggingListener();
    }

    /** A subscriber cannot reach the bus and tries again; said once, until the connection is restored. */
    default void connectionLost(String subscription, BusUnavailableException failure) {}

    /** A subscriber reaches the bus again. */
    default void connectionRestored(String subscription) {}

    /** A handler threw or gave no verdict; the wake was deferred. */
    default void handlerFailed(String subscription, Wake wake, Throwable failure) {}

    /** A verdict came too late or could not be delivered; the wake may be delivered again. */
    default void verdictRefused(String subscription, String wake, String reason) {}

    /** A subscriber stopped because its subscription is gone or the bus refuses it. */
    default void subscriptionEnded(String subscription, RequestRefusedException reason) {}
}
