package io.thoughtbus.client;

import io.thoughtbus.protocol.Wake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener what happens, and lets nothing that it throws reach the client's own threads. */
final class SteadyListener implements BusListener {
    private static final Logger log = LoggerFactory.getLogger(ThoughtBus.class);

    private final BusListener listener;

    SteadyListener(BusListener listener) {
        this.listener = listener;
    }

    @Override
    public void connectionLost(String subscription, BusUnavailableException failure) {
        steadily(() -> listener.connectionLost(subscription, failure));
    }

    @Override
    public void connectionRestored(String subscription) {
        steadily(() -> listener.connectionRestored(subscription));
    }

    @Override
    public void handlerFailed(String subscription, Wake wake, Throwable failure) {
        steadily(() -> listener.handlerFailed(subscription, wake, failure));
    }

    @Override
    public void verdictRefused(String subscription, String wake, String reason) {
        steadily(() -> listener.verdictRefused(subscription, wake, reason));
    }

    @Override
    public void subscriptionEnded(String subscription, RequestRefusedException reason) {
        steadily(() -> listener.subscriptionEnded(subscription, reason));
    }

    private static void steadily(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            log.warn("A listener failed", e);
        }
    }
}
