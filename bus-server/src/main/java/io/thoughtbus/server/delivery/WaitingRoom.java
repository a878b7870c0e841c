package io.thoughtbus.server.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** All who wait for wakes at this server; a bounded number, served in turn at each subscription. */
@Component
final class WaitingRoom {
    /** What a reader who reads is never behind for. */
    private static final Duration STUCK = Duration.ofSeconds(1);

    private final int most;
    private final Map<SubscriptionRef, WaitingLine> lines = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    WaitingRoom(DeliveryProperties properties, MeterRegistry meters) {
        this.most = properties.maxWaiting();
        Gauge.builder("thoughtbus.delivery.waiting", count, AtomicInteger::get)
                .description("takes and streams that wait for wakes")
                .register(meters);
    }

    /**
     * Lets one more wait; where too many do, one whose reader has not read for longest gives way.
     *
     * @throws ProblemException if too many do
     */
    void enter(Waiter waiter) {
        if (closed) {
            throw new ProblemException(ProblemType.STOPPING, "the bus is stopping");
        }
        count.incrementAndGet();
        while (count.get() > most) {
            Waiter stuck = stuck().orElseThrow(() -> {
                count.decrementAndGet();
                return new ProblemException(
                        ProblemType.TOO_MANY_WAITING, most + " takes and streams wait already, which is the most");
            });
            leave(stuck);
            stuck.dismiss();
        }
        lines.compute(waiter.order().subscription(), (subscription, present) -> {
            WaitingLine line = present == null ? new WaitingLine() : present;
            line.join(waiter);
            return line;
        });
    }

    /** Lets one go; nothing happens if it has gone already. */
    void leave(Waiter waiter) {
        lines.computeIfPresent(waiter.order().subscription(), (subscription, line) -> {
            if (line.quit(waiter)) {
                count.decrementAndGet();
            }
            return line.size() == 0 ? null : line;
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

    /** The one whose turn it is at a subscription; nobody else serves it until {@link #back}. */
    Optional<Waiter> next(SubscriptionRef subscription) {
        List<Waiter> chosen = new ArrayList<>(1);
        lines.computeIfPresent(subscription, (key, line) -> {
            line.serve().ifPresent(chosen::add);
            return line;
        });
        return chosen.stream().findFirst();
    }

    /**
     * Ends a turn: one who has not left goes to the end of the queue, or home if its time is up.
     *
     * @return whether somebody was looked for in vain meanwhile
     */
    boolean back(Waiter waiter) {
        AtomicBoolean missed = new AtomicBoolean();
        AtomicBoolean stays = new AtomicBoolean(true);
        lines.computeIfPresent(waiter.order().subscription(), (subscription, line) -> {
            stays.set(line.rejoin(waiter));
            missed.set(line.wasMissed());
            if (!stays.get()) {
                count.decrementAndGet();
            }
            return line.size() == 0 ? null : line;
        });
        if (!stays.get()) {
            waiter.dismiss();
        }
        return missed.get();
    }

    /**
     * Sends one away; while it is being served, it stays until that has ended, so that it does not take later wakes
     * elsewhere before the earlier ones that it was about to be given have been taken back.
     */
    void sendHome(Waiter waiter) {
        AtomicBoolean goes = new AtomicBoolean();
        lines.computeIfPresent(waiter.order().subscription(), (subscription, line) -> {
            goes.set(line.isUp(waiter));
            if (goes.get()) {
                count.decrementAndGet();
            }
            return line.size() == 0 ? null : line;
        });
        if (goes.get()) {
            waiter.dismiss();
        }
    }

    /** How many wait at a subscription. */
    int waitingAt(SubscriptionRef subscription) {
        AtomicInteger size = new AtomicInteger();
        lines.computeIfPresent(subscription, (key, line) -> {
            size.set(line.size());
            return line;
        });
        return size.get();
    }

    /** The subscriptions at which somebody waits. */
    Set<SubscriptionRef> subscriptions() {
        return Set.copyOf(lines.keySet());
    }

    /** Sends all away who wait at a subscription. */
    void dismiss(SubscriptionRef subscription) {
        dismiss(subscription, waiter -> true);
    }

    /** Sends some away who wait at a subscription. */
    void dismiss(SubscriptionRef subscription, Predicate<Waiter> which) {
        List<Waiter> leaving = new ArrayList<>();
        lines.computeIfPresent(subscription, (key, line) -> {
            line.all().stream().filter(which).forEach(leaving::add);
            return line;
        });
        leaving.forEach(this::sendHome);
    }

    private Optional<Waiter> stuck() {
        List<Waiter> stuck = new ArrayList<>();
        lines.keySet()
                .forEach(subscription -> lines.computeIfPresent(subscription, (key, line) -> {
                    line.all().stream()
                            .filter(waiter -> waiter.behind().compareTo(STUCK) >= 0)
                            .forEach(stuck::add);
                    return line;
                }));
        return stuck.stream().max(Comparator.comparing(Waiter::behind));
    }
}
