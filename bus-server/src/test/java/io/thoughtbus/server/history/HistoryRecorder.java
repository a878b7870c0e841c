package io.thoughtbus.server.history;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.Wake;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes down what publishers and subscribers see while they see it; for any number of threads. */
public final class HistoryRecorder {
    private final HistoryClock clock;
    private final Queue<Publishing> publications = new ConcurrentLinkedQueue<>();
    private final Queue<InHand> deliveries = new ConcurrentLinkedQueue<>();

    HistoryRecorder(HistoryClock clock) {
        this.clock = clock;
    }

    /** A recorder of a history that begins now. */
    public static HistoryRecorder start() {
        return new HistoryRecorder(new HistoryClock(System::nanoTime, InstantSource.system()));
    }

    /**
     * Notes that a fact is about to be published, for the first time or again. Until the outcome is told, it is unknown.
     *
     * @param publisher the name that the bus will know the publisher by
     */
    public Publishing publishing(String publisher, FactDraft fact) {
        Publishing publishing = new Publishing(clock, publisher, fact);
        publications.add(publishing);
        return publishing;
    }

    /**
     * Notes that a wake has been received; several received together in their order.
     *
     * @param taker who received it: one thread, or one connection
     */
    public InHand delivered(String taker, String subscription, Wake wake) {
        InHand delivery = new InHand(clock, taker, subscription, wake);
        deliveries.add(delivery);
        return delivery;
    }

    /** Nanoseconds since the history began. */
    public long now() {
        return clock.now();
    }

    /** What has been noted so far. */
    public History history() {
        return new History(
                publications.stream().map(Publishing::toPublication).toList(),
                deliveries.stream().map(InHand::toDelivery).toList());
    }
}
