package io.thoughtbus.server.campaign;

import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.Subscriber;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.Wake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Subscribers that answer at once, and how long after its fact each wake comes to them. */
final class Attentive implements AutoCloseable {
    private static final int HANDS = 4;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final ThoughtBus bus;
    private final String text;
    private final Map<String, Object> ballast;
    private final List<Subscriber> subscribers;
    private final Map<String, Long> published = new ConcurrentHashMap<>();
    private final Map<String, Long> latencies = new ConcurrentHashMap<>();
    private final AtomicInteger phases = new AtomicInteger();

    /** So many subscribers to facts that say this, each fact with attributes of so many characters. */
    Attentive(ThoughtBus bus, int count, String text, int ballast) {
        this.bus = bus;
        this.text = text;
        this.ballast = Map.of("ballast", "x".repeat(ballast));
        this.subscribers = IntStream.range(0, count)
                .mapToObj(i -> "attentive-" + i)
                .map(id -> bus.subscribe(id, SubscriptionDraft.of("agent", text), HANDS, wake -> note(id, wake)))
                .toList();
    }

    /** Publishes facts evenly at a rate, waits until each has come to every subscriber, and tells how long that took. */
    Latencies watch(int facts, int rateASecond) {
        String phase = "phase-" + phases.incrementAndGet() + "-";
        List<CompletableFuture<?>> answers = new ArrayList<>();
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger next = new AtomicInteger();
        long period = TimeUnit.SECONDS.toNanos(1) / rateASecond;
        long start = System.nanoTime() + period;
        CompletableFuture<Void> done = new CompletableFuture<>();
        Future<?> pacing = pace.scheduleAtFixedRate(
                () -> {
                    int number = next.getAndIncrement();
                    if (number >= facts) {
                        done.complete(null);
                        return;
                    }
                    String key = phase + number;
                    published.put(key, start + number * period);
                    answers.add(bus.publishAsync(FactDraft.of(text)
                            .about("subject-" + number % 16)
                            .withKey(key)
                            .withAttributes(ballast)));
                },
                period,
                period,
                TimeUnit.NANOSECONDS);
        done.join();
        pacing.cancel(false);
        pace.shutdown();
        answers.forEach(CompletableFuture::join);
        int expected = facts * subscribers.size();
        await().atMost(LONGEST).until(() -> of(phase).size() >= expected);
        return new Latencies(of(phase).stream().sorted().toList());
    }

    @Override
    public void close() {
        subscribers.forEach(Subscriber::close);
    }

    private List<Long> of(String phase) {
        Set<Map.Entry<String, Long>> all = latencies.entrySet();
        return all.stream()
                .filter(entry -> entry.getKey().contains(phase))
                .map(Map.Entry::getValue)
                .toList();
    }

    private Verdict note(String subscription, Wake wake) {
        String key = Objects.requireNonNull(wake.fact().key());
        latencies.putIfAbsent(subscription + " " + key, System.nanoTime() - Objects.requireNonNull(published.get(key)));
        return Verdict.done();
    }

    /**
     * How long wakes took.
     *
     * @param nanos from publishing on, the shortest first
     */
    record Latencies(List<Long> nanos) {

        double millis(double quantile) {
            return nanos.get((int) Math.min(nanos.size() - 1, Math.round(quantile * nanos.size()))) / 1e6;
        }

        @Override
        public String toString() {
            return "p50 %.1f ms, p99 %.1f ms of %,d wakes".formatted(millis(0.5), millis(0.99), nanos.size());
        }
    }
}
