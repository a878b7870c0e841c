package io.thoughtbus.benchmarks;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.Vector;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many single facts a second are answered as fsynced, by one publisher that waits for each and by many at the same
 * time, each on a connection of its own. Nobody subscribes: the publishers, the bus and Redis have the machine.
 */
final class FsyncedPublishers {
    private static final int MANY = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final BusUnderTest bus;
    private final Floors floors;
    private final Report report;
    private final List<byte[]> requests;

    FsyncedPublishers(BusUnderTest bus, Embedder model, Floors floors, Sentences facts, Report report) {
        this.bus = bus;
        this.floors = floors;
        this.report = report;
        this.requests = requests(bus.api("unheard/facts?durability=fsynced"), model, facts.next(512));
    }

    /** Measures under {@code always} and under {@code everysec}. */
    void measure() throws Exception {
        rate(1, WARM_UP);
        rate(MANY, WARM_UP.multipliedBy(3));
        compare("always", Duration.ofSeconds(5));
        bus.redis().configSet("appendfsync", "everysec");
        try {
            compare("everysec", Duration.ofSeconds(10));
        } finally {
            bus.redis().configSet("appendfsync", "always");
        }
    }

    private void compare(String fsync, Duration time) throws Exception {
        double before = rate(1, time);
        double many = rate(MANY, time.multipliedBy(2));
        double one = (before + rate(1, time)) / 2;
        report.ratio(
                "facts/s, fsynced under " + fsync + ", " + MANY + " publishers, vectors given, no subscription",
                format("%.0f/s", many),
                format("one publisher %.1f/s", one),
                many / one,
                "at least 10");
        if (fsync.equals("always")) {
            double bareBefore = floors.journalRate(1, time);
            double bareMany = floors.journalRate(MANY, time);
            double bareOne = (bareBefore + floors.journalRate(1, time)) / 2;
            report.ratio(
                    "bare function in Redis, fsynced under always, " + MANY + " connections",
                    format("%.0f/s", bareMany),
                    format("one connection %.1f/s", bareOne),
                    bareMany / bareOne,
                    "");
        }
    }

    private double rate(int publishers, Duration time) throws Exception {
        LongAdder published = new LongAdder();
        long started = System.nanoTime();
        Parallel.run(publishers, publishers, i -> published.add(publish(i, started + time.toNanos())));
        return published.sum() * 1e9 / (System.nanoTime() - started);
    }

    private long publish(int first, long end) throws IOException {
        long published = 0;
        try (RawPublisher publisher = new RawPublisher(bus.api(""))) {
            while (System.nanoTime() < end) {
                byte[] request = requests.get((int) ((first * 7L + published) % requests.size()));
                publisher.publish(request, "\"durability\":\"fsynced\"");
                published++;
            }
        }
        return published;
    }

    private static List<byte[]> requests(URI uri, Embedder model, List<String> texts) {
        String id = model.modelId().toString();
        List<Embedding> embeddings = model.embedAll(texts);
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Vector vector = Vector.of(embeddings.get(i).toArray());
            FactDraft fact = FactDraft.of(texts.get(i)).withVector(vector, id);
            requests.add(RawPublisher.request(uri, RawHttp.json(fact)));
        }
        return requests;
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
