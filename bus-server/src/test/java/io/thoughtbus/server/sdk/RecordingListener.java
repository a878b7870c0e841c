package io.thoughtbus.server.sdk;

import io.thoughtbus.client.BusListener;
import io.thoughtbus.client.BusUnavailableException;
import io.thoughtbus.client.RequestRefusedException;
import io.thoughtbus.protocol.Wake;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it hears, and may throw at everything. */
final class RecordingListener implements BusListener {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final boolean throwing;

    private RecordingListener(boolean throwing) {
        this.throwing = throwing;
    }

    static RecordingListener quiet() {
        return new RecordingListener(false);
    }

    static RecordingListener throwing() {
        return new RecordingListener(true);
    }

    List<String> heard() {
        return heard;
    }

    @Override
    public void connectionLost(String subscription, BusUnavailableException failure) {
        hear("lost " + subscription);
    }

    @Override
    public void connectionRestored(String subscription) {
        hear("restored " + subscription);
    }

    @Override
    public void handlerFailed(String subscription, Wake wake, Throwable failure) {
        hear("failed " + subscription + " " + wake.attempt() + " " + failure.getMessage());
    }

    @Override
    public void verdictRefused(String subscription, String wake, String reason) {
        hear("refused " + subscription);
    }

    @Override
    public void subscriptionEnded(String subscription, RequestRefusedException reason) {
        hear("ended " + subscription);
    }

    private void hear(String what) {
        heard.add(what);
        if (throwing) {
            throw new IllegalStateException("the listener is at its end");
        }
    }
}
