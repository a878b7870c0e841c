package io.thoughtbus.server.campaign;

import io.thoughtbus.client.BusUnavailableException;
import io.thoughtbus.client.Inbox;
import io.thoughtbus.client.RequestRefusedException;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.protocol.Settled;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.protocol.WakeVerdict;
import io.thoughtbus.server.history.HistoryRecorder;
import io.thoughtbus.server.history.InHand;
import io.thoughtbus.server.history.Judging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Subscribers that take by hand. They forget one wake in fifty and put off one in fifty. The first subscriptions have a
 * taker at each server, the others at one of them.
 */
final class Crowd implements AutoCloseable {
    private static final int MOST_TOGETHER = 64;
    private static final int AT_EACH_SERVER = 10;
    private static final int ODD_ONE = 50;
    private static final long PAUSE_MILLIS = 100;

    private final HistoryRecorder recorder;
    private final List<ThoughtBus> servers;
    private final Duration wait;
    private final long seed;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger busy = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<CompletableFuture<Void>> all = new ConcurrentLinkedQueue<>();

    Crowd(HistoryRecorder recorder, List<ThoughtBus> servers, List<String> subscriptions, long seed) {
        this.recorder = recorder;
        this.servers = servers;
        this.wait = Duration.ofMillis(Math.max(500, 10L * subscriptions.size()));
        this.seed = seed;
        for (int i = 0; i < subscriptions.size(); i++) {
            for (int server = 0; server < servers.size(); server++) {
                if (i < AT_EACH_SERVER || i % servers.size() == server) {
                    take(subscriptions.get(i), server);
                }
            }
        }
    }

    /** Has a further taker take at a server. */
    void take(String subscription, int server) {
        Inbox inbox = servers.get(server).inbox(subscription);
        String name = subscription + "-at-" + server;
        all.add(CompletableFuture.runAsync(
                () -> run(inbox, subscription, name, new Random(seed + name.hashCode())), threads));
    }

    /** How many wakes have come, each counted once. */
    int seen() {
        return seen.size();
    }

    /** Whether nobody has a wake in hand. */
    boolean isIdle() {
        return busy.get() == 0;
    }

    @Override
    public void close() {
        stopped.countDown();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        threads.shutdown();
    }

    private void run(Inbox inbox, String subscription, String name, Random random) {
        while (stopped.getCount() > 0) {
            try {
                List<Wake> wakes = inbox.take(MOST_TOGETHER, wait);
                busy.incrementAndGet();
                judge(inbox, subscription, name, wakes, random);
                busy.decrementAndGet();
            } catch (BusUnavailableException e) {
                pause();
            } catch (RequestRefusedException e) {
                if (e.is("subscription-not-found")) {
                    return;
                }
                throw e;
            }
        }
    }

    private void judge(Inbox inbox, String subscription, String name, List<Wake> wakes, Random random) {
        List<WakeVerdict> verdicts = new ArrayList<>();
        List<Judging> judgings = new ArrayList<>();
        for (Wake wake : wakes) {
            InHand inHand = recorder.delivered(name, subscription, wake);
            seen.add(subscription + " " + wake.id());
            int mood = random.nextInt(ODD_ONE);
            if (mood > 0) {
                Verdict verdict = mood == 1 ? Verdict.later(Duration.ofMillis(200), "busy") : Verdict.done();
                WakeVerdict given = verdict.on(wake);
                verdicts.add(given);
                judgings.add(inHand.giving(given.verdict()));
            }
        }
        if (!verdicts.isEmpty()) {
            settle(inbox, verdicts, judgings);
        }
    }

    private void settle(Inbox inbox, List<WakeVerdict> verdicts, List<Judging> judgings) {
        try {
            List<Object> answers = inbox.settleAll(verdicts);
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i) instanceof Settled settled) {
                    judgings.get(i).accepted(settled.outcome());
                } else {
                    refuse(judgings.get(i), (RequestRefusedException) answers.get(i));
                }
            }
        } catch (RequestRefusedException e) {
            judgings.forEach(judging -> refuse(judging, e));
        } catch (BusUnavailableException e) {
            judgings.forEach(judging -> judging.unknown(e));
        }
    }

    private static void refuse(Judging judging, RequestRefusedException e) {
        if (e.problem().status() >= 500) {
            judging.unknown(e);
        } else {
            judging.refused(e.problem().detail());
        }
    }

    private void pause() {
        try {
            if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
