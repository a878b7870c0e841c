package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.Wake;
import io.thoughtbus.server.loop.Loop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes to the inboxes that ring and serves those who wait there. Now and then it looks at all, should a ring be lost. */
final class BellLoop implements Loop {
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration NEXT_TURN = Duration.ofMillis(50);
    private static final int MOST_TOGETHER = 128;
    private static final long WAIT_MILLIS = 500;

    private final Bells bells;
    private final WaitingRoom room;
    private final RedisInbox inbox;
    private final WakeReader reader;
    private final Clock clock;
    private Instant nextSweep;

    BellLoop(Bells bells, WaitingRoom room, RedisInbox inbox, WakeReader reader, Clock clock) {
        this.bells = bells;
        this.room = room;
        this.inbox = inbox;
        this.reader = reader;
        this.clock = clock;
        this.nextSweep = clock.instant();
    }

    @Override
    public String name() {
        return "bell";
    }

    @Override
    public Duration rest() {
        return Duration.ZERO;
    }

    @Override
    public int doWork() throws InterruptedException {
        if (!clock.instant().isBefore(nextSweep)) {
            nextSweep = clock.instant().plus(SWEEP);
            bells.ring(room.subscriptions());
        }
        List<SubscriptionRef> rung = bells.rung(MOST_TOGETHER, WAIT_MILLIS);
        List<Waiter> turns = new ArrayList<>();
        rung.forEach(subscription -> room.next(subscription).ifPresent(turns::add));
        if (!turns.isEmpty()) {
            serve(turns);
        }
        return turns.size();
    }

    private void serve(List<Waiter> turns) {
        List<Optional<Handover>> handovers;
        try {
            handovers = inbox.take(turns.stream().map(Waiter::order).toList());
        } catch (RuntimeException e) {
            Instant again = clock.instant().plus(Duration.ofMillis(WAIT_MILLIS));
            turns.forEach(waiter -> bells.ringAt(waiter.order().subscription(), again));
            throw e;
        }
        for (int i = 0; i < turns.size(); i++) {
            Waiter waiter = turns.get(i);
            handovers
                    .get(i)
                    .ifPresentOrElse(
                            given -> hand(waiter, given),
                            () -> room.dismiss(waiter.order().subscription()));
        }
    }

    private void hand(Waiter waiter, Handover given) {
        SubscriptionRef subscription = waiter.order().subscription();
        if (given.wakes().isEmpty()) {
            given.nextDue().ifPresent(due -> ringLater(subscription, due));
            return;
        }
        try {
            List<Wake> wakes = reader.read(subscription, given);
            if (!waiter.offer(given, wakes)) {
                room.leave(waiter);
                inbox.release(subscription, given.wakes());
            } else if (waiter.isOneShot()) {
                room.leave(waiter);
            }
        } finally {
            bells.ring(subscription);
        }
    }

    /** A wake that is due and was not given is one that a full stream cannot take: its next verdict rings. */
    private void ringLater(SubscriptionRef subscription, Instant due) {
        if (due.isAfter(clock.instant())) {
            bells.ringAt(subscription, due);
        } else if (room.waitingAt(subscription) > 1) {
            bells.ringAt(subscription, clock.instant().plus(NEXT_TURN));
        }
    }
}
