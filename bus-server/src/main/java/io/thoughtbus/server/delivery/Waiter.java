package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.Wake;
import java.time.Duration;
import java.util.List;

/** Someone who waits at a subscription's inbox. */
interface Waiter {
    /** What it takes when there is something. */
    TakeOrder order();

    /** Whether it can be served now; if not, it has a bell rung once it can. */
    boolean isReady();

    /** For how long it has not been ready. */
    Duration behind();

    /**
     * Hands it what there is.
     *
     * @param given the wakes as the inbox gave them
     * @param wakes the same, completed
     * @return false if it is gone; then the wakes are the caller's to take back
     */
    boolean offer(Handover given, List<Wake> wakes);

    /** Whether it leaves once it was given something. */
    boolean isOneShot();

    /** Sends it away: the bus is stopping, or the subscription is gone. */
    void dismiss();
}
