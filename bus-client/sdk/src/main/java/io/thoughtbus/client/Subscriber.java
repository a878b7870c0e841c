package io.thoughtbus.client;

import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.Subscription;
import io.thoughtbus.protocol.TakeRequest;
import io.thoughtbus.protocol.Wake;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A subscriber at work: takes wakes as its handler has room for them, keeps them in hand while they are handled, and
 * gives the verdicts. Goes on by itself when the bus was away.
 */
public final class Subscriber implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final int LEAVE_TRIES = 100;
    private static final Duration LEAVE_PAUSE = Duration.ofMillis(200);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Subscription subscription;
    private final Inbox inbox;
    private final WakeHandler handler;
    private final BusListener listener;

    private final Semaphore room;
    private final ExecutorService hands;
    private final Settler settler;
    private final String taker = UUID.randomUUID().toString();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread poller;

    private volatile boolean closing;

    Subscriber(Subscription subscription, Inbox inbox, WakeHandler handler, int concurrency, BusListener listener) {
        this.subscription = subscription;
        this.inbox = inbox;
        this.handler = handler;
        this.listener = listener;

        this.room = new Semaphore(concurrency);
        this.settler = new Settler(subscription, inbox, listener);
        this.hands = Executors.newFixedThreadPool(concurrency, work -> daemon(work, "handler"));
        this.poller = daemon(this::poll, "subscriber");
        poller.start();
    }

    /** The subscription in force. */
    public Subscription subscription() {
        return subscription;
    }

    /** Whether it still takes wakes: not closed, and its subscription not deleted. */
    public boolean isRunning() {
        return poller.isAlive();
    }

    /** Takes no more wakes, lets the handlers finish, gives their verdicts, and returns. The subscription stays. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        closed.countDown();
        endTake();
        hands.shutdown();
        awaitHands();
        settler.close();
    }

    private void poll() {
        Duration pause = FIRST_PAUSE;
        boolean lost = false;
        while (!closing) {
            int free = awaitRoom();
            List<Wake> wakes = List.of();
            try {
                if (free > 0 && !closing) {
                    wakes = inbox.take(new TakeRequest(Math.min(free, Limits.WAKES), WAIT, taker));
                }
                if (lost) {
                    listener.connectionRestored(subscription.id());
                }
                lost = false;
                pause = FIRST_PAUSE;
            } catch (BusUnavailableException e) {
                if (!closing && !lost) {
                    listener.connectionLost(subscription.id(), e);
                }
                lost = true;
                if (rest(Http.longer(pause, e.retryAfter()))) {
                    return;
                }
                pause = Http.shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            } catch (RequestRefusedException e) {
                listener.subscriptionEnded(subscription.id(), e);
                return;
            } finally {
                room.release(Math.max(0, free - wakes.size()));
            }
            settler.inHand(wakes);
            wakes.forEach(wake -> hands.execute(() -> handle(wake)));
        }
    }

    /** Waits until at least one hand is free, and takes all that are. */
    private int awaitRoom() {
        try {
            room.acquire();
            return 1 + room.drainPermits();
        } catch (InterruptedException e) {
            return 0;
        }
    }

    private void handle(Wake wake) {
        Verdict verdict;
        try {
            verdict = Objects.requireNonNull(handler.handle(wake), "the handler gave no verdict");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            verdict = Verdict.later("the subscriber was interrupted");
        } catch (Throwable e) {
            listener.handlerFailed(subscription.id(), wake, e);
            verdict = Verdict.later(Reasons.of(e));
        } finally {
            room.release();
        }
        settler.settle(wake, verdict);
    }

    private boolean rest(Duration pause) {
        try {
            return closed.await(Http.jittered(pause).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return closing;
        }
    }

    /** Has the bus end the take that waits, so that nothing is given to a taker that is gone. */
    private void endTake() {
        try {
            for (int tries = 0; poller.isAlive() && tries < LEAVE_TRIES; tries++) {
                inbox.leave(taker);
                poller.join(LEAVE_PAUSE.toMillis());
            }
        } catch (BusException e) {
            poller.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitHands() {
        try {
            if (!hands.awaitTermination(subscription.delivery().lease().toMillis(), TimeUnit.MILLISECONDS)) {
                hands.shutdownNow();
            }
        } catch (InterruptedException e) {
            hands.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private Thread daemon(Runnable work, String role) {
        Thread thread = new Thread(work, "thought-bus-" + role + "-" + subscription.id());
        thread.setDaemon(true);
        return thread;
    }
}
