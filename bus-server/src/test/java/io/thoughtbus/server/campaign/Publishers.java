package io.thoughtbus.server.campaign;

import io.thoughtbus.client.BusUnavailableException;
import io.thoughtbus.client.RequestRefusedException;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.server.history.HistoryRecorder;
import io.thoughtbus.server.history.Publishing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Publishers that offer each fact again, with its key, to this server and that, until it is accepted. */
final class Publishers implements AutoCloseable {
    private static final int PUBLISHERS = 4;
    private static final int MOST_TOGETHER = 50;
    private static final Duration LONGEST_TROUBLE = Duration.ofMinutes(2);
    private static final Duration UNTIL_A_REPLICA_MAY_BE_THERE = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final HistoryRecorder recorder;
    private final List<ThoughtBus> servers;
    private final Topics topics;
    private final int facts;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
    private final List<CompletableFuture<Void>> all;
    private volatile String lastTrouble = "";
    private volatile boolean stopped;

    Publishers(HistoryRecorder recorder, List<ThoughtBus> servers, Topics topics, Scale scale) {
        this.recorder = recorder;
        this.servers = servers;
        this.topics = topics;
        this.facts = scale.facts();
        this.all = IntStream.range(0, PUBLISHERS)
                .mapToObj(i ->
                        CompletableFuture.runAsync(() -> run("publisher-" + i, new Random(scale.seed() + i)), threads))
                .toList();
    }

    boolean isFinished() {
        return accepted.get() >= facts;
    }

    /** Waits until so many facts have been accepted. */
    void await(int enough) {
        Progress progress = new Progress();
        Awaitility.await().atMost(LONGEST).pollInterval(Duration.ofMillis(10)).until(() -> {
            all.stream().filter(CompletableFuture::isCompletedExceptionally).forEach(CompletableFuture::join);
            progress.tell(() -> "%,d of %,d facts accepted".formatted(accepted.get(), facts));
            return accepted.get() >= Math.min(enough, facts);
        });
    }

    /** Waits until the bus turns a publisher away for this reason. */
    void awaitTurnedAway(String reason) {
        lastTrouble = "";
        Awaitility.await().atMost(LONGEST_TROUBLE).until(() -> lastTrouble.contains(reason));
    }

    /** Waits until every fact has been accepted. */
    void finish() {
        await(facts);
        all.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }

    private void run(String publisher, Random random) {
        int server = 0;
        while (!stopped) {
            int size = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(MOST_TOGETHER);
            int first = begun.getAndAdd(size);
            List<FactDraft> open = IntStream.range(first, Math.min(first + size, facts))
                    .mapToObj(n -> topics.draft(random, publisher, "key-" + n))
                    .toList();
            if (open.isEmpty()) {
                return;
            }
            if (random.nextInt(20) == 0) {
                server = (server + 1) % servers.size();
            }
            while (!open.isEmpty() && !stopped) {
                int before = open.size();
                open = publish(servers.get(server), open);
                server = open.size() == before ? (server + 1) % servers.size() : server;
            }
        }
    }

    /** Publishes facts together, and answers with those whose fate is unknown. */
    private List<FactDraft> publish(ThoughtBus bus, List<FactDraft> facts) {
        List<Publishing> under = facts.stream()
                .map(fact -> recorder.publishing(String.valueOf(fact.publisher()), fact))
                .toList();
        try {
            return settle(facts, under, bus.publishAll(facts));
        } catch (BusUnavailableException e) {
            lastTrouble = String.valueOf(e.getMessage());
            under.forEach(publishing -> publishing.unknown(e));
            return facts;
        } catch (RequestRefusedException e) {
            if (!isForWantOfAReplica(e)) {
                throw e;
            }
            under.forEach(publishing -> publishing.unknown(e));
            LockSupport.parkNanos(UNTIL_A_REPLICA_MAY_BE_THERE.toNanos());
            return facts;
        }
    }

    private static boolean isForWantOfAReplica(RequestRefusedException refused) {
        return String.valueOf(refused.problem().type()).endsWith("durability-unavailable");
    }

    private List<FactDraft> settle(List<FactDraft> facts, List<Publishing> under, List<Object> answers) {
        List<FactDraft> open = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            if (answers.get(i) instanceof Published published) {
                under.get(i).accepted(published);
                accepted.incrementAndGet();
            } else if (answers.get(i) instanceof RequestRefusedException refused
                    && (refused.problem().status() >= 500 || isForWantOfAReplica(refused))) {
                lastTrouble = refused.problem().detail();
                under.get(i).unknown(refused);
                open.add(facts.get(i));
            } else {
                throw new AssertionError("nothing is wrong with " + facts.get(i) + ", but: " + answers.get(i));
            }
        }
        return open;
    }
}
