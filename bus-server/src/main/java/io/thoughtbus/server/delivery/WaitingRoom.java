package io.thoughtbus.server.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** All who wait for wakes at this server; a bounded number, served in turn at each subscription. */
@Component
final class WaitingRoom {
    private final int most;
    private final Map<SubscriptionRef, Deque<Waiter>> waiters = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    WaitingRoom(DeliveryProperties properties, MeterRegistry meters) {
        this.most = properties.maxWaiting();
        Gauge.builder("thoughtbus.delivery.waiting", count, AtomicInteger::get)
                .description("takes and streams that wait for wakes")
                .register(meters);
    }

    /**
     * Lets one more wait.
     *
     * @throws ProblemException if too many do
     */
    void enter(Waiter waiter) {
        if (closed) {
            throw new ProblemException(ProblemType.STOPPING, "the bus is stopping");
        }
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            throw new ProblemException(
                    ProblemType.TOO_MANY_WAITING, most + " takes and streams wait already, which is the most");
        }
        waiters.compute(waiter.order().subscription(), (subscription, queue) -> {
            Deque<Waiter> present = queue == null ? new ArrayDeque<>() : queue;
            present.addLast(waiter);
            return present;
        });
    }

    /** Lets one go; nothing happens if it has gone already. */
    void leave(Waiter waiter) {
        waiters.computeIfPresent(waiter.order().subscription(), (subscription, queue) -> {
            if (queue.remove(waiter)) {
                count.decrementAndGet();
            }
            return queue.isEmpty() ? null : queue;
        });
    }

    /** Sends all away, and lets nobody in any more. */
    void close() {
        closed = true;
        subscriptions().forEach(this::dismiss);
    }

    /** Lets people in again. */
    void open() {
        closed = false;
    }

    /** The one whose turn it is at a subscription; it goes to the end of the queue. */
    Optional<Waiter> next(SubscriptionRef subscription) {
        List<Waiter> chosen = new ArrayList<>(1);
        waiters.computeIfPresent(subscription, (key, queue) -> {
            Waiter first = queue.removeFirst();
            queue.addLast(first);
            chosen.add(first);
            return queue;
        });
        return chosen.stream().findFirst();
    }

    /** How many wait at a subscription. */
    int waitingAt(SubscriptionRef subscription) {
        AtomicInteger size = new AtomicInteger();
        waiters.computeIfPresent(subscription, (key, queue) -> {
            size.set(queue.size());
            return queue;
        });
        return size.get();
    }

    /** The subscriptions at which somebody waits. */
    Set<SubscriptionRef> subscriptions() {
        return Set.copyOf(waiters.keySet());
    }

    /** Sends all away who wait at a subscription. */
    void dismiss(SubscriptionRef subscription) {
        dismiss(subscription, waiter -> true);
    }

    /** Sends some away who wait at a subscription. */
    void dismiss(SubscriptionRef subscription, Predicate<Waiter> which) {
        List<Waiter> leaving = new ArrayList<>();
        waiters.computeIfPresent(subscription, (key, queue) -> {
            queue.stream().filter(which).forEach(leaving::add);
            return queue;
        });
        leaving.forEach(waiter -> {
            leave(waiter);
            waiter.dismiss();
        });
    }
}
