package io.thoughtbus.server.delivery;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
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
    private final Ticker ticker;
    private final Map<SubscriptionRef, Bell> set = new ConcurrentHashMap<>();
    private final DelayQueue<Bell> queue = new DelayQueue<>();

    Bells(WaitingRoom room, Ticker ticker) {
        this.room = room;
        this.ticker = ticker;
    }

    /** Rings now. */
    void ring(SubscriptionRef subscription) {
        ringAfter(subscription, Duration.ZERO);
    }

    /** Rings for several now. */
    void ring(Collection<SubscriptionRef> subscriptions) {
        subscriptions.forEach(this::ring);
    }

    /** Rings after a while, unless it rings earlier. */
    void ringAfter(SubscriptionRef subscription, Duration delay) {
        if (room.waitingAt(subscription) == 0) {
            return;
        }
        long time = ticker.read() + delay.toNanos();
        set.compute(subscription, (key, present) -> {
            if (present != null && time - present.time >= 0) {
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
        private final long time;

        Bell(SubscriptionRef subscription, long time) {
            this.subscription = subscription;
            this.time = time;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(time - ticker.read(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.signum(time - ((Bell) other).time);
        }
    }
}
