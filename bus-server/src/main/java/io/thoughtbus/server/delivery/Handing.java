package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.Wake;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;

/**
 * Hands to those who wait what their inbox gave: at once by the dispatcher that owes it, which saves a way to Redis, and
 * else when a bell rings. Each is served by one at a time, so that what was given first comes first; a waiter who is
 * gone all the same has its wakes taken back.
 */
@Component
final class Handing {
    private static final Duration NEXT_TURN = Duration.ofMillis(50);

    private final WaitingRoom room;
    private final RedisInbox inbox;
    private final WakeReader reader;
    private final Bells bells;

    Handing(WaitingRoom room, RedisInbox inbox, WakeReader reader, Bells bells) {
        this.room = room;
        this.inbox = inbox;
        this.reader = reader;
        this.bells = bells;
    }

    /**
     * Queues the take of the one whose turn it is at a subscription, if anybody waits there. It must be followed by
     * {@link #hand(List)}, or by {@link #abandon} if the pipeline failed.
     */
    Optional<Turn> queue(Pipeline pipeline, SubscriptionRef subscription) {
        return room.next(subscription).map(waiter -> new Turn(waiter, inbox.queueTake(pipeline, waiter.order())));
    }

    /** Hands over what queued takes brought; should one fail, the others are handed over all the same. */
    void hand(List<Turn> turns) {
        RuntimeException failure = null;
        for (Turn turn : turns) {
            try {
                hand(turn);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends turns that brought nothing. */
    void abandon(List<Turn> turns) {
        turns.forEach(turn -> endOfTurn(turn.waiter()));
    }

    private void hand(Turn turn) {
        try {
            turn.answer()
                    .get()
                    .ifPresentOrElse(
                            given -> hand(turn.waiter(), given),
                            () -> room.dismiss(turn.waiter().order().subscription()));
        } finally {
            endOfTurn(turn.waiter());
        }
    }

    private void endOfTurn(Waiter waiter) {
        if (room.back(waiter)) {
            bells.ring(waiter.order().subscription());
        }
    }

    private void hand(Waiter waiter, Handover given) {
        SubscriptionRef subscription = waiter.order().subscription();
        if (given.wakes().isEmpty()) {
            given.nextDue().ifPresent(due -> ringLater(subscription, Duration.between(given.now(), due)));
            return;
        }
        try {
            List<Wake> wakes = reader.read(subscription, given);
            if (wakes.isEmpty()) {
                return;
            }
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
    private void ringLater(SubscriptionRef subscription, Duration delay) {
        if (delay.compareTo(Duration.ZERO) > 0) {
            bells.ringAfter(subscription, delay);
        } else if (room.waitingAt(subscription) > 1) {
            bells.ringAfter(subscription, NEXT_TURN);
        }
    }

    /**
     * A take that is under way for one who waits.
     *
     * @param answer what the inbox gives; empty for a subscription that is not there
     */
    record Turn(Waiter waiter, Supplier<Optional<Handover>> answer) {}
}
