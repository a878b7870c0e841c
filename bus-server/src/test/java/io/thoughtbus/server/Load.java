package io.thoughtbus.server;

import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Publishers that go on whatever happens to the bus, and know what it has accepted. */
final class Load implements AutoCloseable {
    private static final List<String> TEXTS = List.of(
            "The parcel for order 7 is three days late",
            "The delivery of the new sofa has been delayed until Friday",
            "A customer complains that his order has still not arrived",
            "The shipment arrived early this morning",
            "User 123 serves in the Military",
            "The customer is a veteran of the army",
            "It rains in Lisbon",
            "The bakery on the corner sells fresh bread",
            "The server room is too hot",
            "A disk of the database server is failing",
            "The invoice was paid twice",
            "Payment for order 12 was refused by the bank");

    private final Map<FactDraft, FactId> accepted = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<CompletableFuture<Void>> publishers;

    private Load(int publishers, long seed, Function<FactDraft, FactId> publish) {
        this.publishers = IntStream.range(0, publishers)
                .mapToObj(i -> CompletableFuture.runAsync(() -> run(new Random(seed + i), publish)))
                .toList();
    }

    /** Publishers that use the client, which tries again by itself. */
    static Load bySdk(String uri, int publishers, long seed) {
        ThoughtBus bus = ThoughtBus.builder(URI.create(uri))
                .publisher("load")
                .timeout(Duration.ofMinutes(2))
                .connect();
        return new Load(publishers, seed, draft -> bus.publish(draft).id());
    }

    /** Publishers that publish a fact as they are told to. */
    static Load by(Function<FactDraft, FactId> publish, int publishers, long seed) {
        return new Load(publishers, seed, publish);
    }

    /** Waits until further facts have been accepted. */
    void awaitFurther(int count) {
        int enough = accepted.size() + count;
        await().atMost(Duration.ofMinutes(1)).until(() -> accepted.size() >= enough);
    }

    /** Ends when every fact that was begun has been accepted; the facts by the position they were accepted at. */
    Map<FactId, FactDraft> finish() {
        close();
        publishers.forEach(CompletableFuture::join);
        Map<FactId, FactDraft> facts = new TreeMap<>();
        accepted.forEach((draft, id) -> facts.put(id, draft));
        return facts;
    }

    @Override
    public void close() {
        stopped.set(true);
    }

    private void run(Random random, Function<FactDraft, FactId> publish) {
        while (!stopped.get()) {
            int n = number.incrementAndGet();
            FactDraft draft = FactDraft.of(TEXTS.get(random.nextInt(TEXTS.size())))
                    .about("subject-" + random.nextInt(20))
                    .withAttributes(Map.of("n", n))
                    .withKey("key-" + n);
            accepted.put(draft, publish.apply(draft));
        }
    }
}
