package io.thoughtbus.server.replay;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Comparison;
import io.thoughtbus.protocol.ComparisonDraft;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.JournalPoint;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayDraft;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.Vector;
import io.thoughtbus.server.BusServer;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.journal.WholeJournal;
import io.thoughtbus.server.redis.EmbeddedRedis;
import io.thoughtbus.server.subscription.RedisActivations;
import io.thoughtbus.server.subscription.ShardHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.resps.StreamEntryBinary;

/**
 * How fast the past is read and decided again: 100,000 facts with their vectors and 1,000 subscriptions, whose versions
 * change and of which some are deleted in between. Each figure stands beside a floor of the same run.
 */
public final class ReplayFigures {
    private static final int FACTS = Integer.getInteger("facts", 100_000);
    private static final int SUBSCRIPTIONS = Integer.getInteger("subscriptions", 1_000);
    private static final int ROUNDS = 20;
    private static final int CHANGES = 10;
    private static final int RUNS = 5;
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final JournalPoint START = JournalPoint.at(Instant.EPOCH);
    private static final String NAMESPACE = "past";

    private final Random random = new Random(11);
    private final ConfigurableApplicationContext bus;
    private final ThoughtBus client;
    private final List<Embedding> vectors;
    private final String model;

    private ReplayFigures(ConfigurableApplicationContext bus) {
        this.bus = bus;
        this.client = ThoughtBus.connect(
                "http://localhost:" + bus.getEnvironment().getProperty("local.server.port") + "/" + NAMESPACE);
        Embedder embedder = bus.getBean(Embedder.class);
        this.model = embedder.modelId().toString();
        this.vectors = embedder.embedAll(texts());
    }

    /** Takes the measurements. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("thought-bus-replay");
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.NONE);
                ConfigurableApplicationContext bus = new SpringApplicationBuilder(BusServer.class)
                        .run(
                                "--server.port=0",
                                "--thoughtbus.redis.uri=redis://:"
                                        + redis.address().password() + "@127.0.0.1:"
                                        + redis.address().port())) {
            ReplayFigures figures = new ReplayFigures(bus);
            figures.load();
            figures.measure();
            figures.client.close();
        }
    }

    private void load() {
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            declare(i);
        }
        for (int round = 0; round < ROUNDS; round++) {
            publish(FACTS / ROUNDS);
            for (int change = 0; change < CHANGES; change++) {
                declare(random.nextInt(SUBSCRIPTIONS));
            }
            client.delete("s" + random.nextInt(SUBSCRIPTIONS));
        }
        awaitDispatched();
    }

    private void measure() {
        double bare = rate(this::readBare);
        double read = rate(this::readForReplay);
        row("reading a range", read, "bare XRANGE", bare, read / bare, "at least 0.5");
        double semantic = median(this::replaySemantically);
        row("semantic replay of one subscription", semantic, "reading", read, read / semantic, "takes at most 3 x");
        double decide = decisions() / SUBSCRIPTIONS;
        long[] differences = {0};
        long[] matches = {0};
        List<String> digests = new ArrayList<>();
        double asItWas = median(() -> {
            Comparison done = client.replay(ComparisonDraft.asItWas(START)).await(LONG);
            differences[0] +=
                    done.differences() == null ? -1 : done.differences().count();
            digests.add(String.valueOf(done.digest()));
            matches[0] = done.lines();
            return aSecond(done.scanned(), done.startedAt(), done.endedAt());
        });
        System.out.printf(Locale.ROOT, "# %.2f matches a fact%n", matches[0] / (double) FACTS);
        row(
                "as it was, " + SUBSCRIPTIONS + " subscriptions",
                asItWas,
                "exact decision of every pair",
                decide,
                asItWas / decide,
                "at least 0.5");
        System.out.printf(
                Locale.ROOT,
                "differences: %d, distinct digests of %d runs: %d%n",
                differences[0],
                digests.size(),
                digests.stream().distinct().count());
    }

    private long readBare() {
        RedisClient redis = bus.getBean(RedisClient.class);
        long facts = 0;
        for (int shard = 0; shard < bus.getBean(Shards.class).count(); shard++) {
            byte[] key = RedisJournal.key(NAMESPACE, shard);
            String from = "-";
            List<StreamEntryBinary> page;
            do {
                List<Object> raw = redis.xrange(key, bytes(from), bytes("+"), 256);
                page = BuilderFactory.STREAM_ENTRY_BINARY_LIST.build(raw);
                facts += page.size();
                from = page.isEmpty() ? "+" : "(" + page.get(page.size() - 1).getID();
            } while (page.size() == 256);
        }
        return facts;
    }

    private long readForReplay() {
        JournalReader reader = new JournalReader(
                bus.getBean(WholeJournal.class),
                bus.getBean(Shards.class),
                NAMESPACE,
                new ReplayRange(START, JournalPoint.at(Instant.parse("9000-01-01T00:00:00Z")), List.of()),
                new FactId(0, 0, 0));
        long facts = 0;
        List<StoredFact> some;
        do {
            some = reader.next(256);
            for (StoredFact fact : some) {
                facts += fact.embedding().dimension() > 0 ? 1 : 0;
            }
        } while (!some.isEmpty());
        return facts;
    }

    private double replaySemantically() {
        Replay done = client.replay("semantic", ReplayDraft.since(START)).await(LONG);
        return aSecond(done.scanned(), done.startedAt(), done.endedAt());
    }

    private static double aSecond(long facts, Instant from, @Nullable Instant to) {
        return facts * 1e3 / Duration.between(from, Objects.requireNonNull(to)).toMillis();
    }

    /** Decisions a second, in one thread, of pairs of a fact and an interest, each exact. */
    private double decisions() {
        Collection<CompiledInterest> interests = bus.getBean(Interests.class)
                .findAll(
                        NAMESPACE,
                        bus.getBean(RedisActivations.class).history(NAMESPACE, 0).spans().stream()
                                .map(ShardHistory.Span::version)
                                .limit(SUBSCRIPTIONS)
                                .toList())
                .values();
        double best = 0;
        for (int run = 0; run < RUNS; run++) {
            long woken = 0;
            long started = System.nanoTime();
            for (Embedding fact : vectors.subList(0, 1_000)) {
                for (CompiledInterest interest : interests) {
                    woken += interest.reach(fact).margin() >= 0 ? 1 : 0;
                }
            }
            best = Math.max(best, 1_000.0 * interests.size() * 1e9 / (System.nanoTime() - started));
            System.out.println("# " + woken + " of 1,000 facts' pairs match");
        }
        return best;
    }

    private double rate(LongSupplier work) {
        return median(() -> {
            long started = System.nanoTime();
            long done = work.getAsLong();
            return done * 1e9 / (System.nanoTime() - started);
        });
    }

    private double median(DoubleSupplier rate) {
        double[] rates = new double[RUNS];
        Arrays.setAll(rates, run -> rate.getAsDouble());
        System.out.println("# " + Arrays.toString(rates));
        Arrays.sort(rates);
        return rates[RUNS / 2];
    }

    private void declare(int number) {
        SubscriptionDraft draft = SubscriptionDraft.of(
                        "agent", ACTORS[random.nextInt(ACTORS.length)] + " " + EVENTS[random.nextInt(EVENTS.length)])
                .withThreshold(0.7 + random.nextInt(3) / 10.0)
                .withGuard(random.nextBoolean());
        client.declare("s" + number, draft);
    }

    private void publish(int count) {
        for (int from = 0; from < count; from += 500) {
            List<FactDraft> batch = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + 500); i++) {
                int number = random.nextInt(vectors.size());
                batch.add(FactDraft.of("fact " + i + " of matter " + number)
                        .withVector(Vector.of(vectors.get(number).toArray()), model));
            }
            client.publishAll(batch);
        }
    }

    private void awaitDispatched() {
        client.declare(
                "semantic",
                SubscriptionDraft.of("agent", "the lighthouse keeper").withThreshold(0.6));
        long scanned = 0;
        while (scanned < FACTS) {
            scanned = client.replay(ComparisonDraft.asItWas(START)).await(LONG).scanned();
        }
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (String actor : ACTORS) {
            for (String event : EVENTS) {
                for (int i = 0; i < 12; i++) {
                    texts.add(actor + " " + event + " at gate " + i);
                }
            }
        }
        return texts;
    }

    private static void row(String what, double rate, String floor, double of, double ratio, String goal) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.0f facts/s | %s %.0f facts/s | %.2f | %s |%n",
                what,
                rate,
                floor,
                of,
                ratio,
                goal);
    }

    private static byte[] bytes(String text) {
        return io.thoughtbus.server.redis.RedisKeys.bytes(text);
    }

    private static final String[] ACTORS = {
        "a hotel guest", "a wind turbine", "an online shopper", "a driver", "a tenant", "a cargo ship", "a school class"
    };
    private static final String[] EVENTS = {
        "asks for a refund", "breaks down", "complains about the noise", "pays for a new contract", "is warned of ice",
        "cancels the appointment", "wins a prize", "needs help with the taxes", "is late again",
                "votes against the plan",
        "loses the keys", "returns the parcel", "is stopped by the police", "orders winter coats"
    };
}
