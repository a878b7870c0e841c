package io.thoughtbus.benchmarks;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.OnnxModel;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.Interest;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Measures the whole bus from the outside: publishers and subscribers in this process, the bus in another, its Redis in
 * a third, on one machine. Each figure stands beside a floor measured in the same run.
 */
public final class WholeSystem {
    private static final String THOUSAND = "thousand";
    private static final String TEN_THOUSAND = "ten-thousand";
    private static final String QUIET = "quiet";
    private static final int FACTS_PER_SECOND = 100;
    private static final double USUAL_THRESHOLD = 0.5;

    private final BusUnderTest bus = new BusUnderTest();
    private final Embedder model =
            Embedder.onnx(OnnxModel.packaged(), Runtime.getRuntime().availableProcessors());
    private final Floors floors = new Floors(bus.redis(), model);
    private final Sentences facts = Sentences.facts(99);
    private final Report report = new Report();
    private final ConcurrentHistogram answered = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);

    private WholeSystem() throws IOException, InterruptedException {}

    /**
     * Takes the measurements; the arguments are the file that receives the table and, if not all are wanted, some of
     * {@code text}, {@code vector}, {@code latency}, {@code memory}, {@code waiting}, {@code start}.
     */
    public static void main(String[] arguments) throws Exception {
        WholeSystem system = new WholeSystem();
        try (system.bus) {
            system.measure(Set.of(arguments));
        } finally {
            system.model.close();
        }
        Files.writeString(Path.of(arguments[0]), system.report.markdown());
    }

    private void measure(Set<String> wanted) throws Exception {
        register(QUIET, 100, "");
        register(THOUSAND, 1_000, "");
        register(TEN_THOUSAND, 10_000, "under 60 s");
        textRate(THOUSAND, 3_000, "warm-up");
        Map<String, Task> parts = new LinkedHashMap<>();
        parts.put("text", i -> textRate(THOUSAND, 6_000, "at least 0.60"));
        parts.put("text ", i -> textRate(TEN_THOUSAND, 6_000, "at least 0.45"));
        parts.put("vector", i -> vectorRate(40_000));
        parts.put("latency", i -> latency(Duration.ofSeconds(60)));
        parts.put("memory", i -> memory());
        parts.put("waiting", i -> waiting());
        parts.put("start", i -> startUp());
        for (Map.Entry<String, Task> part : parts.entrySet()) {
            if (wanted.size() == 1 || wanted.contains(part.getKey().strip())) {
                part.getValue().run(0);
            }
        }
    }

    private void register(String namespace, int count, String goal) throws Exception {
        List<String> interests = Sentences.interests(7).next(count);
        try (ThoughtBus client = ThoughtBus.connect(bus.uri(namespace))) {
            client.declare("warm-up", SubscriptionDraft.of("agent", "something else"));
            long before = bus.redisBytes();
            long started = System.nanoTime();
            inParallel(
                    8,
                    count,
                    i -> client.declare(
                            "interest-" + i,
                            SubscriptionDraft.of("agent-" + i % 100, interests.get(i))
                                    .withThreshold(USUAL_THRESHOLD)));
            double seconds = (System.nanoTime() - started) / 1e9;
            if (!goal.isEmpty()) {
                report.figure("registering " + count + " subscriptions", format("%.1f s", seconds), goal);
                report.figure(
                        "Redis memory of a subscription",
                        format("%.0f bytes", (bus.redisBytes() - before) / (double) count),
                        "at most 6 KB");
            }
        }
    }

    private void textRate(String namespace, int count, String goal) throws Exception {
        double before = floors.embedRate(facts.next(1_500));
        long matches = bus.matches(namespace);
        List<String> texts = facts.next(count);
        double rate;
        try (ThoughtBus client = ThoughtBus.connect(bus.uri(namespace))) {
            long started = System.nanoTime();
            List<CompletableFuture<Published>> answers = texts.stream()
                    .map(text -> client.publishAsync(FactDraft.of(text)))
                    .toList();
            answers.forEach(CompletableFuture::join);
            bus.awaitDispatched(namespace);
            rate = count * 1e9 / (System.nanoTime() - started);
        }
        double floor = (before + floors.embedRate(facts.next(1_500))) / 2;
        if (!goal.equals("warm-up")) {
            report.ratio(
                    "facts/s, unseen texts, " + namespace.replace('-', ' ') + " subscriptions, "
                            + format("%.2f matches a fact", (bus.matches(namespace) - matches) / (double) count),
                    format("%.0f/s", rate),
                    format("bare model %.0f/s", floor),
                    rate / floor,
                    goal);
        }
    }

    private void vectorRate(int count) throws Exception {
        List<Embedding> embeddings = model.embedAll(facts.next(2_000));
        floors.searchRate(THOUSAND, embeddings);
        List<byte[]> bodies = bodies(embeddings, count);
        post(bodies.subList(0, bodies.size() / 4));
        bus.awaitDispatched(THOUSAND);
        double before = floors.searchRate(THOUSAND, embeddings);
        long started = System.nanoTime();
        post(bodies);
        bus.awaitDispatched(THOUSAND);
        double rate = count * 1e9 / (System.nanoTime() - started);
        double floor = (before + floors.searchRate(THOUSAND, embeddings)) / 2;
        report.ratio(
                "facts/s, vectors given, thousand subscriptions",
                format("%.0f/s", rate),
                format("bare pipelined FT.SEARCH %.0f/s", floor),
                rate / floor,
                "at least 0.40");
    }

    private List<byte[]> bodies(List<Embedding> embeddings, int count) {
        String id = model.modelId().toString();
        List<byte[]> bodies = new ArrayList<>();
        for (int from = 0; from < count; from += 250) {
            List<FactDraft> batch = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + 250); i++) {
                Vector vector = Vector.of(embeddings.get(i % embeddings.size()).toArray());
                batch.add(FactDraft.of("fact " + i).withVector(vector, id));
            }
            bodies.add(RawHttp.json(batch));
        }
        return bodies;
    }

    private void post(List<byte[]> bodies) throws Exception {
        inParallel(3, bodies.size(), i -> RawHttp.post(bus.api(THOUSAND + "/facts"), bodies.get(i)));
    }

    private void latency(Duration length) throws Exception {
        List<Embedding> embeddings = model.embedAll(facts.next(200));
        floors.searchMillis(TEN_THOUSAND, embeddings);
        double embed = floors.embedMillis(facts.next(200));
        double search = floors.searchMillis(TEN_THOUSAND, embeddings);
        Map<String, Long> sent = new ConcurrentHashMap<>();
        ConcurrentHistogram times = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
        ExecutorService senders = Executors.newFixedThreadPool(16);
        try (ThoughtBus client = ThoughtBus.connect(bus.uri(TEN_THOUSAND))) {
            SubscriptionDraft everything = SubscriptionDraft.of("probe", "anything at all")
                    .withInterest(Interest.in("anything at all"))
                    .withThreshold(-1);
            client.subscribe("probe", everything, 16, wake -> {
                Long start = sent.remove(wake.fact().text());
                if (start != null && start > 0) {
                    times.recordValue(System.nanoTime() - start);
                }
                return Verdict.done();
            });
            send(client, senders, sent, Duration.ofSeconds(20), false);
            send(client, senders, sent, length, true);
            awaitEmpty(sent);
        } finally {
            senders.shutdown();
        }
        embed = (embed + floors.embedMillis(facts.next(200))) / 2;
        search = (search + floors.searchMillis(TEN_THOUSAND, embeddings)) / 2;
        String floor = format("embed %.2f ms + FT.SEARCH %.2f ms", embed, search);
        report.figure(
                "publish answered and fsynced, p50 and p99",
                format(
                        "%.2f ms, %.2f ms",
                        answered.getValueAtPercentile(50) / 1e6, answered.getValueAtPercentile(99) / 1e6),
                "");
        percentile("publish → wake, p50", times, 50, floor, embed + search, "at most 2");
        percentile("publish → wake, p99", times, 99, floor, embed + search, "at most 6");
    }

    private void percentile(
            String question,
            ConcurrentHistogram times,
            double percentile,
            String floor,
            double floorMillis,
            String goal) {
        double millis = times.getValueAtPercentile(percentile) / 1e6;
        report.ratio(
                question + ", " + FACTS_PER_SECOND + " facts/s, ten thousand subscriptions",
                format("%.2f ms", millis),
                floor,
                millis / floorMillis,
                goal);
    }

    /** Publishes at a steady rate, each fact at its time whether or not those before it have arrived. */
    private void send(
            ThoughtBus client, ExecutorService senders, Map<String, Long> sent, Duration length, boolean measured) {
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

    private void memory() {
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
            String stream = "tb:{" + TEN_THOUSAND + "/" + shard + "}:facts";
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

    private void waiting() throws Exception {
        long before = bus.heapBytes();
        List<CompletableFuture<?>> takes = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            takes.add(RawHttp.take(bus.api(QUIET + "/subscriptions/interest-" + i % 100 + "/wakes:take")));
        }
        TimeUnit.SECONDS.sleep(8);
        long held = takes.stream().filter(take -> !take.isDone()).count();
        report.figure(
                held + " of 2000 waiting takes held",
                format("%.0f KB of heap each", (bus.heapBytes() - before) / 1024.0 / 2_000),
                "2,000 held");
        takes.forEach(take -> take.cancel(true));
        List<RawHttp.Stream> streams = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            streams.add(RawHttp.stream(bus.api(QUIET + "/subscriptions/interest-" + i % 100 + "/wakes")));
        }
        TimeUnit.SECONDS.sleep(25);
        long open = streams.stream().filter(RawHttp.Stream::isOpen).count();
        report.figure(
                open + " of 2000 event streams held",
                format("%.0f KB of heap each", (bus.heapBytes() - before) / 1024.0 / 2_000),
                "2,000 held");
        streams.forEach(RawHttp.Stream::close);
    }

    private void startUp() throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            seconds.add(bus.restart().toMillis() / 1000.0);
        }
        seconds.sort(Double::compare);
        report.figure(
                "java -jar until ready with 11,000 subscriptions, indexes whole",
                format("%.1f s", seconds.get(1)),
                "within 10 s");
    }

    private static void awaitEmpty(Map<String, Long> sent) throws InterruptedException {
        for (int i = 0; i < 1_000 && !sent.isEmpty(); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static void inParallel(int threads, int count, Task task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                done.add(pool.submit(() -> {
                    task.run(number);
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private interface Task {
        void run(int number) throws Exception;
    }
}
