package io.thoughtbus.server.archive;

import io.thoughtbus.benchmarks.Sentences;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.Comparison;
import io.thoughtbus.protocol.ComparisonDraft;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.JournalPoint;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.BusServer;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.journal.WholeJournal;
import io.thoughtbus.server.redis.EmbeddedRedis;
import io.thoughtbus.server.redis.RedisKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XTrimParams;

/** How much smaller the archive is than the journal in Redis, and how fast it is written, verified and read. */
public final class ArchiveFigures {
    private static final int FACTS = Integer.getInteger("facts", 20_000);
    private static final int SUBSCRIPTIONS = 100;
    private static final int BATCH = 500;
    private static final int READS = 5;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final JournalPoint START = JournalPoint.at(Instant.EPOCH);

    private final ConfigurableApplicationContext bus;
    private final Load load;
    private final RedisClient redis;
    private final int shards;

    private ArchiveFigures(ConfigurableApplicationContext bus, Load load) {
        this.bus = bus;
        this.load = load;
        this.redis = bus.getBean(RedisClient.class);
        this.shards = bus.getBean(Shards.class).count();
    }

    /** Takes the measurements. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("thought-bus-archive");
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.NONE);
                ConfigurableApplicationContext bus = new SpringApplicationBuilder(BusServer.class)
                        .run(
                                "--server.port=0",
                                "--thoughtbus.data-dir=" + directory.resolve("data"),
                                "--thoughtbus.archive.enabled=true",
                                "--thoughtbus.archive.interval=PT10H",
                                "--thoughtbus.redis.uri=redis://:"
                                        + redis.address().password() + "@127.0.0.1:"
                                        + redis.address().port())) {
            String base = "http://localhost:" + bus.getEnvironment().getProperty("local.server.port") + "/";
            for (Load load : Load.values()) {
                try (ThoughtBus client = ThoughtBus.connect(base + load.namespace())) {
                    new ArchiveFigures(bus, load).measure(client);
                }
            }
        }
    }

    private void measure(ThoughtBus client) {
        load(client);
        Comparison before = client.replay(ComparisonDraft.asItWas(START)).await(LONG);
        double inRedis = readAll();
        long held = memory("facts") + memory("matches");
        long started = System.nanoTime();
        bus.getBean(Archivist.class).seal(load.namespace());
        double sealed = FACTS * 1e9 / (System.nanoTime() - started);
        List<Archivist.Listed> segments =
                bus.getBean(Archivist.class).list(load.namespace(), 0, 1_000).segments();
        long bytes = segments.stream()
                .mapToLong(segment -> Objects.requireNonNull(segment.bytes()))
                .sum();
        print(
                "%s: %d facts, %d with matches, in %d segments: %.0f bytes a fact of %.0f in Redis, ratio %.2f (at most 0.6)",
                load.namespace(),
                FACTS,
                segments.stream()
                        .mapToInt(segment -> Objects.requireNonNull(segment.matches()))
                        .sum(),
                segments.size(),
                bytes / (double) FACTS,
                held / (double) FACTS,
                bytes / (double) held);
        print("sealing: %.0f facts/s", sealed);
        started = System.nanoTime();
        boolean intact = segments.stream()
                .allMatch(segment -> bus.getBean(SegmentCheck.class)
                        .verify(load.namespace(), segment.from())
                        .intact());
        print("verifying: %.0f facts/s, intact: %b", FACTS * 1e9 / (System.nanoTime() - started), intact);
        trim();
        double archived = readAll();
        print("reading a range: %.0f facts/s of %.0f from Redis, ratio %.2f", archived, inRedis, archived / inRedis);
        Comparison after = client.replay(ComparisonDraft.asItWas(START)).await(LONG);
        print(
                "as it was: %d facts, the same as before: %b",
                after.scanned(), String.valueOf(after.digest()).equals(String.valueOf(before.digest())));
    }

    private void load(ThoughtBus client) {
        Sentences interests = load == Load.WITH_MANY_MATCHES ? Sentences.facts(7) : Sentences.interests(7);
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            client.declare(
                    "s" + i,
                    SubscriptionDraft.of("agent", interests.next())
                            .withThreshold(0.6)
                            .withGuard(false));
        }
        Sentences sentences = Sentences.facts(5);
        for (int i = 0; i < FACTS; i += BATCH) {
            List<FactDraft> batch = new ArrayList<>();
            for (int j = i; j < i + BATCH; j++) {
                FactDraft fact = FactDraft.of(sentences.next()).about("subject-" + j % 1_000);
                batch.add(load == Load.WITH_ATTRIBUTES ? rich(fact, j) : fact);
            }
            client.publishAll(batch);
        }
        long scanned = 0;
        while (scanned < FACTS) {
            scanned = client.replay(ComparisonDraft.asItWas(START)).await(LONG).scanned();
        }
    }

    private static FactDraft rich(FactDraft fact, int number) {
        return fact.by("order-desk-" + number % 7)
                .withAttributes(Map.of(
                        "order", "O-" + (100_000 + number * 17),
                        "amount", number % 977 + 0.95,
                        "currency", "EUR",
                        "channel", number % 3 == 0 ? "web" : "telephone",
                        "warehouse", "north-" + number % 5));
    }

    /** The best of some readings, in facts a second. */
    private double readAll() {
        double best = 0;
        for (int i = 0; i < READS; i++) {
            long started = System.nanoTime();
            long facts = 0;
            for (int shard = 0; shard < shards; shard++) {
                facts += read(shard);
            }
            best = Math.max(best, facts * 1e9 / (System.nanoTime() - started));
        }
        return best;
    }

    private long read(int shard) {
        WholeJournal journal = bus.getBean(WholeJournal.class);
        long facts = 0;
        String from = "-";
        List<StoredFact> some;
        do {
            some = journal.range(load.namespace(), shard, from, "+", 256);
            for (StoredFact fact : some) {
                facts += fact.embedding().dimension() > 0 ? 1 : 0;
                from = "(" + fact.id().milliseconds() + "-" + fact.id().sequence();
            }
        } while (!some.isEmpty());
        return facts;
    }

    private long memory(String stream) {
        long bytes = 0;
        for (int shard = 0; shard < shards; shard++) {
            Long used = redis.memoryUsage(RedisKeys.shard(load.namespace(), shard, stream), 0);
            bytes += used == null ? 0 : used;
        }
        return bytes;
    }

    /** Takes all out of Redis, as retention would. */
    private void trim() {
        for (int shard = 0; shard < shards; shard++) {
            String facts = RedisKeys.shard(load.namespace(), shard, "facts");
            StreamEntryID last = redis.xinfoStream(facts).getLastGeneratedId();
            redis.hset(RedisKeys.shard(load.namespace(), shard, "dispatch"), "trimmed", last.toString());
            redis.xtrim(facts, XTrimParams.xTrimParams().maxLen(0));
            redis.xtrim(
                    RedisKeys.shard(load.namespace(), shard, "matches"),
                    XTrimParams.xTrimParams().maxLen(0));
        }
    }

    /** What is published. */
    private enum Load {
        SHORT,
        WITH_ATTRIBUTES,
        WITH_MANY_MATCHES;

        String namespace() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // each call is in this file
    private static void print(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }
}
