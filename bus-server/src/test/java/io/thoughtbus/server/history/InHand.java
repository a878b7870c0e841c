package io.thoughtbus.server.history;

import io.thoughtbus.protocol.Wake;
import io.thoughtbus.protocol.WakeVerdict;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A delivery that was received, to be told what its subscriber does about it. */
public final class InHand {
    private final HistoryClock clock;
    private final String taker;
    private final String subscription;
    private final Wake wake;
    private final long receivedAt;
    private final Queue<Judging> verdicts = new ConcurrentLinkedQueue<>();
    private volatile long leaseUntil;

    InHand(HistoryClock clock, String taker, String subscription, Wake wake) {
        this.clock = clock;
        this.taker = taker;
        this.subscription = subscription;
        this.wake = wake;
        this.receivedAt = clock.now();
        this.leaseUntil = clock.at(wake.leaseUntil());
    }

    /** Notes that the bus has agreed to another end of the lease. */
    public void extended(Instant leaseUntil) {
        this.leaseUntil = clock.at(leaseUntil);
    }

    /**
     * Notes that a verdict is about to be given, which must name the delivery's attempt. Until the outcome is told, it is
     * unknown.
     */
    public Judging giving(WakeVerdict.Kind verdict) {
        Judging judging = new Judging(clock, verdict);
        verdicts.add(judging);
        return judging;
    }

    Delivery toDelivery() {
        return new Delivery(
                taker,
                subscription,
                wake.id(),
                wake.attempt(),
                wake.fact().id(),
                wake.fact().subject(),
                wake.version(),
                wake.replay(),
                receivedAt,
                leaseUntil,
                verdicts.stream().map(Judging::toVerdict).toList());
    }
}
