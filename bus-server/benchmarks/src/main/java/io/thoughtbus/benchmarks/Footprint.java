package io.thoughtbus.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What things cost in memory. */
final class Footprint {
    private static final int WAITING = 2_000;

    private final BusUnderTest bus;
    private final Report report;

    Footprint(BusUnderTest bus, Report report) {
        this.bus = bus;
        this.report = report;
    }

    /** What Redis keeps for a wake and for a fact. */
    void ofWakesAndFacts(String namespace) {
        int owed = 20_000;
        String inbox = "tb:{benchmark/owed}:inbox";
        for (int i = 0; i < owed; i++) {
            bus.redis()
                    .zadd(
                            inbox,
                            (double) (1_795_000_000_000L + i),
                            "3-" + (1_795_000_000_000L + i) + "-00000000.12345");
        }
        report.figure(
                "Redis memory of an undelivered wake",
                format("%.0f bytes", bus.redis().memoryUsage(inbox, 0) / (double) owed),
                "at most 200 bytes");
        bus.redis().del(inbox);
        long stored = 0;
        long count = 0;
        for (int shard = 0; shard < 4; shard++) {
            String stream = "tb:{" + namespace + "/" + shard + "}:facts";
            stored += bus.redis().memoryUsage(stream, 0);
            count += bus.redis().xlen(stream);
        }
        double payload = 384 * Float.BYTES
                + Sentences.facts(99).next(1_000).stream()
                        .mapToInt(String::length)
                        .average()
                        .orElse(0);
        report.ratio(
                "Redis memory of a journalled fact",
                format("%d bytes", stored / count),
                format("vector and text %.0f bytes", payload),
                (double) stored / count / payload,
                "at most 1.40");
    }

    /** What the bus keeps for those who wait. */
    void ofThoseWhoWait(String namespace) throws IOException, InterruptedException {
        bus.restart();
        long before = bus.heapBytes();
        List<CompletableFuture<?>> takes = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            takes.add(RawHttp.take(bus.api(namespace + "/subscriptions/interest-" + i % 100 + "/wakes:take")));
        }
        TimeUnit.SECONDS.sleep(8);
        long held = takes.stream().filter(take -> !take.isDone()).count();
        waiting(held, "waiting takes", before);
        takes.forEach(take -> take.cancel(true));
        bus.restart();
        before = bus.heapBytes();
        List<RawHttp.Stream> streams = new ArrayList<>();
        for (int i = 0; i < WAITING; i++) {
            streams.add(RawHttp.stream(bus.api(namespace + "/subscriptions/interest-" + i % 100 + "/wakes")));
        }
        TimeUnit.SECONDS.sleep(25);
        long open = streams.stream().filter(RawHttp.Stream::isOpen).count();
        waiting(open, "event streams", before);
        streams.forEach(RawHttp.Stream::close);
    }

    private void waiting(long held, String what, long before) throws IOException, InterruptedException {
        report.figure(
                held + " of " + WAITING + " " + what + " held",
                format("%.0f KB of heap each", (bus.heapBytes() - before) / 1024.0 / WAITING),
                "2,000 held");
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
