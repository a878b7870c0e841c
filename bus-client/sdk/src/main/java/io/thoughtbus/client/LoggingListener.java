package io.thoughtbus.client;

import io.thoughtbus.protocol.Wake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what happens in the background to the log. */
final class LoggingListener implements BusListener {
    private static final Logger log = LoggerFactory.getLogger(ThoughtBus.class);

    @Override
    public void connectionLost(String subscription, BusUnavailableException failure) {
        log.warn("{} cannot reach the bus and tries again: {}", subscription, failure.getMessage());
    }

    @Override
    public void connectionRestored(String subscription) {
        log.info("{} reaches the bus again", subscription);
    }

    @Override
    public void handlerFailed(String subscription, Wake wake, Throwable failure) {
        log.warn("The handler of {} failed for wake {}, which is deferred", subscription, wake.id(), failure);
    }

    @Override
    public void verdictRefused(String subscription, String wake, String reason) {
        log.warn("A verdict of {} on wake {} was not taken: {}", subscription, wake, reason);
    }

    @Override
    public void subscriptionEnded(String subscription, RequestRefusedException reason) {
        log.error("{} stopped: {}", subscription, reason.getMessage());
    }
}
