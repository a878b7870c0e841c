package io.thoughtbus.server;

import io.thoughtbus.client.BusUnavailableException;
import io.thoughtbus.client.Inbox;
import io.thoughtbus.client.RequestRefusedException;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.protocol.WakeVerdict;
import io.thoughtbus.server.history.HistoryRecorder;
import io.thoughtbus.server.history.InHand;
import io.thoughtbus.server.history.Judging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Subscribers that take by hand, one at each server for each subscription, and forget one wake in twenty. */
final class Takers implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(500);

    private final HistoryRecorder recorder;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger busy = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<CompletableFuture<Void>> all = new ArrayList<>();

    Takers(HistoryRecorder recorder, List<ThoughtBus> servers, Collection<String> subscriptions) {
        this.recorder = recorder;
        for (int i = 0; i < servers.size(); i++) {
            for (String subscription : subscriptions) {
                Inbox inbox = servers.get(i).inbox(subscription);
                String name = subscription + "-at-" + i;
                all.add(CompletableFuture.runAsync(() -> run(inbox, subscription, name), threads));
            }
        }
    }

    /** Whether nobody has a wake in hand. */
    boolean areIdle() {
        return busy.get() == 0;
    }

    @Override
    public void close() {
        stopped.set(true);
        all.forEach(CompletableFuture::join);
        threads.shutdown();
    }

    private void run(Inbox inbox, String subscription, String name) {
        Random random = new Random(name.hashCode());
        while (!stopped.get()) {
            try {
                List<Wake> wakes = inbox.take(16, WAIT);
                busy.incrementAndGet();
                List<InHand> inHand = wakes.stream()
                        .map(wake -> recorder.delivered(name, subscription, wake))
                        .toList();
                for (int i = 0; i < wakes.size(); i++) {
                    if (random.nextInt(20) > 0) {
                        settle(inbox, wakes.get(i), inHand.get(i).giving(WakeVerdict.Kind.DONE));
                    }
                }
                busy.decrementAndGet();
            } catch (BusUnavailableException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static void settle(Inbox inbox, Wake wake, Judging judging) {
        try {
            judging.accepted(inbox.settle(wake, Verdict.done()).outcome());
        } catch (RequestRefusedException e) {
            judging.refused(e.problem().detail());
        } catch (BusUnavailableException e) {
            judging.unknown(e);
        }
    }
}
