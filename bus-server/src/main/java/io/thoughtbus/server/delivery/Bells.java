package io.thoughtbus.server.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Says at which inboxes it is time to look: because something came, or because something will be due. Each
 * subscription rings once for all reasons, at the earliest time; only those at which somebody waits are kept.
 */
@Component
final class Bells {
    private final WaitingRoom room;
    private final Clock clock;
    private final Map<SubscriptionRef, Bell> set = new ConcurrentHashMap<>();
    private final DelayQueue<Bell> queue = new DelayQueue<>();

    Bells(WaitingRoom room, Clock clock) {
        this.room = room;
        this.clock = clock;
    }

    /** Rings now. */
    void ring(SubscriptionRef subscription) {
        ringAt(subscription, Instant.EPOCH);
    }

    /** Rings for several now. */
    void ring(Collection<SubscriptionRef> subscriptions) {
        subscriptions.forEach(this::ring);
    }

    /** Rings at a time, unless it rings earlier. */
    void ringAt(SubscriptionRef subscription, Instant time) {
        if (room.waitingAt(subscription) == 0) {
            return;
        }
        set.compute(subscription, (key, present) -> {
            if (present != null && !time.isBefore(present.time)) {
                return present;
            }
            if (present != null) {
                queue.remove(present);
            }
            Bell bell = new Bell(subscription, time);
            queue.add(bell);
            return bell;
        });
    }

    /** The subscriptions that ring now; waits a while for the first. */
    List<SubscriptionRef> rung(int most, long waitMillis) throws InterruptedException {
        List<SubscriptionRef> rung = new ArrayList<>();
        Bell bell = queue.poll(waitMillis, TimeUnit.MILLISECONDS);
        while (bell != null) {
            if (set.remove(bell.subscription, bell)) {
                rung.add(bell.subscription);
            }
            bell = rung.size() < most ? queue.poll() : null;
        }
        return rung;
    }

    /** A time to look at an inbox. */
    private final class Bell implements Delayed {
        private final SubscriptionRef subscription;
        private final Instant time;

        Bell(SubscriptionRef subscription, Instant time) {
            this.subscription = subscription;
            this.time = time;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(time.toEpochMilli() - clock.millis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return time.compareTo(((Bell) other).time);
        }
    }
}
