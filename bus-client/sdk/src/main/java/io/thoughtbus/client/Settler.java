package io.thoughtbus.client;

import io.thoughtbus.protocol.Extended;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.Subscription;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.protocol.WakeVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a subscriber's wakes in hand until their verdicts are given, and gives the verdicts, several together. Verdicts
 * that cannot be given are tried again; if they never can, the wakes are due again when their leases end.
 */
final class Settler implements AutoCloseable {
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final String subscription;
    private final Inbox inbox;
    private final BusListener listener;
    private final long extendEveryNanos;
    private final Map<String, Wake> inHand = new ConcurrentHashMap<>();
    private final BlockingQueue<WakeVerdict> verdicts = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closing;
    private long nextExtension;

    Settler(Subscription subscription, Inbox inbox, BusListener listener) {
        this.subscription = subscription.id();
        this.inbox = inbox;
        this.listener = listener;
        this.extendEveryNanos = subscription.delivery().lease().toNanos() / 3;
        this.nextExtension = System.nanoTime() + extendEveryNanos;
        this.thread = new Thread(this::run, "thought-bus-settler-" + subscription.id());
        thread.setDaemon(true);
        thread.start();
    }

    void inHand(List<Wake> wakes) {
        wakes.forEach(wake -> inHand.put(wake.id(), wake));
    }

    void settle(Wake wake, Verdict verdict) {
        verdicts.add(verdict.on(wake));
    }

    /** Gives the verdicts that are waiting, and returns. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(LONGEST_DRAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closing || !verdicts.isEmpty()) {
                try {
                    settleSome();
                    extendIfTime();
                } catch (BusException e) {
                    TimeUnit.MILLISECONDS.sleep(
                            Http.longer(PAUSE, retryAfter(e)).toMillis());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void settleSome() throws InterruptedException {
        long untilExtension = Math.max(0, nextExtension - System.nanoTime());
        WakeVerdict first =
                verdicts.poll(Math.min(untilExtension, TimeUnit.MILLISECONDS.toNanos(100)), TimeUnit.NANOSECONDS);
        if (first == null) {
            return;
        }
        List<WakeVerdict> batch = new ArrayList<>(List.of(first));
        verdicts.drainTo(batch, Limits.WAKES - 1);
        try {
            List<Object> answers = inbox.settleAll(batch);
            for (int i = 0; i < batch.size(); i++) {
                inHand.remove(batch.get(i).wake());
                if (answers.get(i) instanceof RequestRefusedException refused) {
                    listener.verdictRefused(
                            subscription, batch.get(i).wake(), refused.problem().detail());
                }
            }
        } catch (BusUnavailableException e) {
            verdicts.addAll(batch);
            throw e;
        } catch (RequestRefusedException e) {
            batch.forEach(verdict -> {
                inHand.remove(verdict.wake());
                listener.verdictRefused(
                        subscription, verdict.wake(), e.problem().detail());
            });
        }
    }

    private void extendIfTime() {
        if (System.nanoTime() < nextExtension) {
            return;
        }
        nextExtension = System.nanoTime() + extendEveryNanos;
        List<String> wakes = List.copyOf(inHand.keySet());
        for (int from = 0; from < wakes.size(); from += Limits.WAKES) {
            Extended extended = inbox.extend(wakes.subList(from, Math.min(wakes.size(), from + Limits.WAKES)), null);
            extended.lost().forEach(inHand::remove);
        }
    }

    private static Duration retryAfter(BusException e) {
        return e instanceof BusUnavailableException unavailable ? unavailable.retryAfter() : Duration.ZERO;
    }
}
