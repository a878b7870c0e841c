package io.thoughtbus.benchmarks;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.OnnxModel;
import io.thoughtbus.protocol.SubscriptionDraft;
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

/**
 * Measures the whole bus from the outside: publishers and subscribers in this process, the bus in another, its Redis in
 * a third, on one machine. Each figure stands beside a floor measured in the same run.
 */
public final class WholeSystem {
    private static final String THOUSAND = "thousand";
    private static final String TEN_THOUSAND = "ten-thousand";
    private static final String QUIET = "quiet";
    private static final double USUAL_THRESHOLD = 0.5;

    private final BusUnderTest bus = new BusUnderTest();
    private final Embedder model =
            Embedder.onnx(OnnxModel.packaged(), Runtime.getRuntime().availableProcessors());
    private final Floors floors = new Floors(bus, model);
    private final Sentences facts = Sentences.facts(99);
    private final Report report = new Report();
    private final Throughput throughput = new Throughput(bus, model, floors, facts, report);

    private WholeSystem() throws IOException, InterruptedException {}

    /**
     * Takes the measurements; the arguments are the file that receives the table and, if not all are wanted, some of
     * {@code durability}, {@code text}, {@code vector}, {@code latency}, {@code memory}, {@code waiting}, {@code start}.
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
        Map<String, Part> parts = parts();
        if (wanted.size() > 1) {
            parts.keySet().retainAll(wanted);
        }
        Part alone = parts.remove("durability");
        if (alone != null) {
            alone.measure();
        }
        if (!parts.isEmpty()) {
            subscribe();
        }
        for (Part part : parts.values()) {
            part.measure();
        }
    }

    private Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("durability", () -> new FsyncedPublishers(bus, model, floors, facts, report).measure());
        parts.put("text", () -> {
            throughput.text(THOUSAND, 10_000, "at least 0.60");
            throughput.text(TEN_THOUSAND, 10_000, "at least 0.45");
        });
        parts.put("vector", () -> throughput.vectors(THOUSAND, 80_000, "at least 0.40"));
        parts.put(
                "latency",
                () -> new PublishToWake(bus, model, floors, facts, report)
                        .measure(TEN_THOUSAND, Duration.ofSeconds(60)));
        parts.put("memory", () -> new Footprint(bus, report).ofWakesAndFacts(TEN_THOUSAND));
        parts.put("waiting", () -> new Footprint(bus, report).ofThoseWhoWait(QUIET));
        parts.put("start", this::startUp);
        return parts;
    }

    private void subscribe() throws Exception {
        register(QUIET, 100, "");
        register(THOUSAND, 1_000, "");
        register(TEN_THOUSAND, 10_000, "under 60 s");
        throughput.text(THOUSAND, 20_000, null);
    }

    private void register(String namespace, int count, String goal) throws Exception {
        List<String> interests = Sentences.interests(7).next(count);
        try (ThoughtBus client = ThoughtBus.connect(bus.uri(namespace))) {
            client.declare("warm-up", SubscriptionDraft.of("agent", "something else"));
            long before = bus.redisBytes();
            long started = System.nanoTime();
            Parallel.run(
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

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    /** What can be measured by itself. */
    private interface Part {
        void measure() throws Exception;
    }
}
