package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.Wake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A waiter that notes what happens to it. */
final class TakerInHand implements Waiter {
    private final TakeOrder order;
    private final List<Handover> offered = new ArrayList<>();
    private int dismissed;
    private boolean ready = true;
    private Duration behind = Duration.ZERO;

    TakerInHand(SubscriptionRef subscription) {
        this.order = new TakeOrder(subscription, 1, "");
    }

    /** For how long it has not been ready. */
    void setBehind(Duration now) {
        behind = now;
    }

    /** Whether it can be served. */
    void setReady(boolean now) {
        ready = now;
    }

    int dismissed() {
        return dismissed;
    }

    List<Handover> offered() {
        return offered;
    }

    @Override
    public TakeOrder order() {
        return order;
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public Duration behind() {
        return behind;
    }

    @Override
    public boolean offer(Handover given, List<Wake> wakes) {
        if (dismissed > 0) {
            return false;
        }
        offered.add(given);
        return true;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void dismiss() {
        dismissed++;
    }
}
