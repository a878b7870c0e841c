package io.thoughtbus.benchmarks;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.protocol.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How many facts a second go all the way from the publisher to the inboxes. */
final class Throughput {
    private final BusUnderTest bus;
    private final Embedder model;
    private final Floors floors;
    private final Sentences facts;
    private final Report report;

    Throughput(BusUnderTest bus, Embedder model, Floors floors, Sentences facts, Report report) {
        this.bus = bus;
        this.model = model;
        this.floors = floors;
        this.facts = facts;
        this.report = report;
    }

    /** Texts that are embedded, journalled, matched and owed, a second; without a goal it only warms up. */
    void text(String namespace, int count, @Nullable String goal) throws Exception {
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
        if (goal != null) {
            report.ratio(
                    "facts/s, unseen texts, " + namespace.replace('-', ' ') + " subscriptions, "
                            + format("%.2f matches a fact", (bus.matches(namespace) - matches) / (double) count),
                    format("%.0f/s", rate),
                    format("bare model %.0f/s", floor),
                    rate / floor,
                    goal);
        }
    }

    /** Facts whose vectors the publisher gives, a second. */
    void vectors(String namespace, int count, String goal) throws Exception {
        List<Embedding> embeddings = model.embedAll(facts.next(2_000));
        floors.searchRate(namespace, embeddings);
        List<byte[]> bodies = bodies(embeddings, count);
        post(namespace, bodies.subList(0, bodies.size() / 4));
        bus.awaitDispatched(namespace);
        double before = floors.searchRate(namespace, embeddings);
        long started = System.nanoTime();
        post(namespace, bodies);
        bus.awaitDispatched(namespace);
        double rate = count * 1e9 / (System.nanoTime() - started);
        double floor = (before + floors.searchRate(namespace, embeddings)) / 2;
        report.ratio(
                "facts/s, vectors given, " + namespace.replace('-', ' ') + " subscriptions",
                format("%.0f/s", rate),
                format("bare pipelined FT.SEARCH %.0f/s", floor),
                rate / floor,
                goal);
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

    private void post(String namespace, List<byte[]> bodies) throws Exception {
        Parallel.run(3, bodies.size(), i -> RawHttp.post(bus.api(namespace + "/facts"), bodies.get(i)));
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }
}
