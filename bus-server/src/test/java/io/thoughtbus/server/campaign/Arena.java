package io.thoughtbus.server.campaign;

import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.Durability;
import io.thoughtbus.server.history.Ending;
import io.thoughtbus.server.history.History;
import io.thoughtbus.server.history.HistoryChecker;
import io.thoughtbus.server.history.HistoryRecorder;
import io.thoughtbus.server.history.HistoryReport;
import io.thoughtbus.server.history.Journalled;
import io.thoughtbus.server.history.Oracle;
import io.thoughtbus.server.history.Standing;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** Where servers, publishers and subscribers work on while one fault after the other happens. */
final class Arena implements AutoCloseable {
    private static final AtomicInteger ARENAS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(60);

    private final Scale scale;
    private final String namespace;
    private final ThoughtBus patient;
    private final RedisClient redis;
    private final List<ThoughtBus> clients = new ArrayList<>();
    private final HistoryRecorder recorder = HistoryRecorder.start();
    private final Ledger ledger = new Ledger();
    private final Topics topics;
    private final Random random;
    private final Durability surviving;
    private @Nullable Publishers present;

    /**
     * An arena with nobody in it yet.
     *
     * @param redis a client of the servers' Redis that no fault reaches
     * @param asked the durability that is asked for each fact; one that was accepted so must survive
     */
    Arena(Scale scale, List<Server> servers, RedisClient redis, Durability asked) {
        this.namespace = "arena-" + ARENAS.incrementAndGet();
        this.scale = scale;
        this.redis = redis;
        this.surviving = asked;
        this.random = new Random(scale.seed());
        this.topics = Topics.of(scale.subscriptions(), scale.seed());
        servers.forEach(Server::awaitHealthy);
        servers.forEach(server -> clients.add(ThoughtBus.builder(URI.create(server.uri(namespace)))
                .timeout(PATIENCE)
                .durability(asked)
                .connect()));
        patient = ThoughtBus.builder(URI.create(servers.get(0).uri(namespace)))
                .timeout(LONGEST_STANDSTILL)
                .connect();
        System.out.println("seed=" + scale.seed() + " " + scale);
    }

    /** Publishes, takes, and has the fault happen again and again; then waits for quiet and judges. */
    Outcome suffer(Ordeal fault) {
        long started = System.nanoTime();
        List<String> subscriptions = IntStream.range(0, scale.subscriptions())
                .mapToObj(i -> "s-" + i)
                .toList();
        for (int i = 0; i < subscriptions.size(); i++) {
            ledger.declare(patient, subscriptions.get(i), topics.interests().get(i));
        }
        try (Crowd crowd = new Crowd(recorder, clients, subscriptions, scale.seed());
                Publishers publishers = new Publishers(recorder, clients, topics, scale)) {
            present = publishers;
            int each = scale.facts() / (scale.strikes() + 1);
            for (int strike = 0; strike < scale.strikes(); strike++) {
                publishers.await(each * strike + each / 2 + random.nextInt(each));
                fault.strike(strike, random);
            }
            publishers.finish();
            List<Journalled> journal = StoredJournal.read(redis, namespace);
            awaitQuiet(crowd, owed(journal), subscriptions);
        }
        Ending ending = new Ending(StoredJournal.read(redis, namespace), ledger.standings(), List.of());
        History history = recorder.history();
        HistoryReport report = HistoryChecker.surviving(surviving).check(history, ending, ledger.oracle());
        return new Outcome(scale, report, history, ending, Duration.ofNanos(System.nanoTime() - started));
    }

    /** Waits until publishers are turned away for this reason. */
    void awaitTurnedAway(String reason) {
        Objects.requireNonNull(present).awaitTurnedAway(reason);
    }

    /** Nanoseconds since the history began. */
    long now() {
        return recorder.now();
    }

    @Override
    public void close() {
        clients.forEach(ThoughtBus::close);
        patient.close();
    }

    /** Until every wake that is owed has come and none is left, or nothing has come for long. */
    private void awaitQuiet(Crowd crowd, long owed, List<String> subscriptions) {
        long[] last = {crowd.seen(), System.nanoTime()};
        Progress progress = new Progress();
        await().atMost(Duration.ofHours(1)).until(() -> {
            progress.tell(() -> "%,d of %,d wakes have come".formatted(crowd.seen(), owed));
            if (crowd.seen() > last[0]) {
                last[0] = crowd.seen();
                last[1] = System.nanoTime();
            }
            return (crowd.seen() >= owed && crowd.isIdle() && areEmpty(subscriptions))
                    || System.nanoTime() - last[1] > LONGEST_STANDSTILL.toNanos();
        });
    }

    private boolean areEmpty(List<String> subscriptions) {
        List<Response<Long>> sizes = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            subscriptions.forEach(id -> sizes.add(pipeline.zcard("tb:{" + namespace + "/" + id + "}:inbox")));
        }
        return sizes.stream().allMatch(size -> size.get() == 0);
    }

    private long owed(List<Journalled> journal) {
        Oracle oracle = ledger.oracle();
        List<Standing> standings = ledger.standings();
        return journal.stream()
                .mapToLong(fact -> standings.stream()
                        .filter(standing -> oracle.judge(fact, standing) == Oracle.Due.OWED)
                        .count())
                .sum();
    }

    /** A fault that happens to servers and Redis. */
    interface Ordeal {
        /** Has it happen, for the number-th time from 0. */
        void strike(int number, Random random);
    }
}
