package io.thoughtbus.benchmarks;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.SubscriptionDraft;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * How long after a fact was due to be published its wake is in a subscriber's hands. A machine that does something
 * every 10 ms and else nothing takes longer for each thing than one that is never idle, so that the floor is measured
 * both ways: at the pace of the facts, and one after the other.
 */
final class PublishToWake {
    private static final int FACTS_PER_SECOND = 100;
    private static final Duration PACE = Duration.ofMillis(1_000 / FACTS_PER_SECOND);
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private final BusUnderTest bus;
    private final Floors floors;
    private final Sentences facts;
    private final Report report;
    private final List<Embedding> embeddings;
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final ConcurrentHistogram woken = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
    private final ConcurrentHistogram answered = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);

    PublishToWake(BusUnderTest bus, Embedder model, Floors floors, Sentences facts, Report report) {
        this.bus = bus;
        this.floors = floors;
        this.facts = facts;
        this.report = report;
        this.embeddings = model.embedAll(facts.next(200));
    }

    void measure(String namespace, Duration length) throws InterruptedException {
        floor(namespace, Duration.ZERO);
        Floor closeBefore = floor(namespace, Duration.ZERO);
        Floor pacedBefore = floor(namespace, PACE);
        ExecutorService senders = Executors.newFixedThreadPool(16);
        try (ThoughtBus client = ThoughtBus.connect(bus.uri(namespace))) {
            SubscriptionDraft everything =
                    SubscriptionDraft.of("probe", "anything at all").withThreshold(-1);
            client.subscribe("probe", everything, 16, wake -> {
                Long start = sent.remove(wake.fact().text());
                if (start != null && start > 0) {
                    woken.recordValue(System.nanoTime() - start);
                }
                return Verdict.done();
            });
            send(client, senders, WARM_UP, false);
            send(client, senders, length, true);
            for (int i = 0; i < 1_000 && !sent.isEmpty(); i++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } finally {
            senders.shutdown();
        }
        Floor paced = pacedBefore.and(floor(namespace, PACE));
        Floor close = closeBefore.and(floor(namespace, Duration.ZERO));
        report.figure(
                "publish answered and fsynced, " + FACTS_PER_SECOND + " facts/s, p50 and p99",
                format("%.2f ms, %.2f ms", millis(answered, 50), millis(answered, 99)),
                "");
        report(namespace, 50, paced, ", one every 10 ms", "at most 2");
        report(namespace, 99, paced, ", one every 10 ms", "at most 6");
        report(namespace, 50, close, ", one after the other", "at most 2");
        report(namespace, 99, close, ", one after the other", "at most 6");
    }

    private Floor floor(String namespace, Duration pace) throws InterruptedException {
        return new Floor(floors.embedMillis(facts.next(200), pace), floors.searchMillis(namespace, embeddings, pace));
    }

    private void report(String namespace, double percentile, Floor floor, String pace, String goal) {
        double millis = millis(woken, percentile);
        report.ratio(
                format(
                        "publish → wake, p%.0f, %d facts/s, %s subscriptions",
                        percentile, FACTS_PER_SECOND, namespace.replace('-', ' ')),
                format("%.2f ms", millis),
                format("embed %.2f ms + FT.SEARCH %.2f ms", floor.embed(), floor.search()) + pace,
                millis / (floor.embed() + floor.search()),
                goal);
    }

    /** Publishes at a steady rate, each fact at its time whether or not those before it have arrived. */
    private void send(ThoughtBus client, ExecutorService senders, Duration length, boolean measured) {
        long count = length.toSeconds() * FACTS_PER_SECOND;
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long due = start + TimeUnit.SECONDS.toNanos(i) / FACTS_PER_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            String text = facts.next();
            sent.put(text, measured ? due : 0L);
            senders.execute(() -> {
                client.publish(FactDraft.of(text));
                if (measured) {
                    answered.recordValue(System.nanoTime() - due);
                }
            });
        }
    }

    private static double millis(ConcurrentHistogram times, double percentile) {
        return times.getValueAtPercentile(percentile) / 1e6;
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    /** What the parts alone take, in milliseconds. */
    private record Floor(double embed, double search) {
        Floor and(Floor other) {
            return new Floor((embed + other.embed) / 2, (search + other.search) / 2);
        }
    }
}
