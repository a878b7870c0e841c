package io.thoughtbus.server.campaign;

import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.ThoughtBusBuilder;
import io.thoughtbus.protocol.Durability;
import io.thoughtbus.server.history.Ending;
import io.thoughtbus.server.history.History;
import io.thoughtbus.server.history.HistoryChecker;
import io.thoughtbus.server.history.HistoryRecorder;
import io.thoughtbus.server.history.HistoryReport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;

/** Where servers, publishers and subscribers work on while one fault after the other happens. */
final class Arena implements AutoCloseable {
    private static final AtomicInteger ARENAS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(60);

    private final Scale scale;
    private final Ground ground;
    private final String uri;
    private final List<ThoughtBus> clients = new ArrayList<>();
    private final List<ThoughtBus> patientClients = new ArrayList<>();
    private final HistoryRecorder recorder = HistoryRecorder.start();
    private final Ledger ledger = new Ledger();
    private final Topics topics;
    private final Random random;
    private Durability surviving;
    private Meanwhile meanwhile = (crowd, dice) -> false;
    private @Nullable Publishers present;

    /**
     * An arena with nobody in it yet.
     *
     * @param redis a client of the servers' Redis that no fault reaches
     * @param asked the durability that is asked for each fact
     */
    Arena(Scale scale, List<Server> servers, RedisClient redis, Durability asked) {
        String namespace = "arena-" + ARENAS.incrementAndGet();
        this.scale = scale;
        this.ground = new Ground(redis, namespace);
        this.uri = servers.get(0).uri(namespace);
        this.surviving = asked;
        this.random = new Random(scale.seed());
        this.topics = Topics.of(scale.subscriptions(), scale.seed());
        servers.forEach(Server::awaitHealthy);
        for (Server server : servers) {
            ThoughtBusBuilder client =
                    ThoughtBus.builder(URI.create(server.uri(namespace))).durability(asked);
            clients.add(client.timeout(PATIENCE).connect());
            patientClients.add(client.timeout(LONGEST_STANDSTILL).connect());
        }
        System.out.println("seed=" + scale.seed() + " " + scale);
    }

    /** Expects that facts survive that were accepted with this level; otherwise with what is asked for. */
    Arena surviving(Durability level) {
        surviving = level;
        return this;
    }

    /** Has something else be done again and again while facts are published. */
    Arena meanwhile(Meanwhile step) {
        meanwhile = step;
        return this;
    }

    /** A client of a server that tries again for long. */
    ThoughtBus patient(int server) {
        return patientClients.get(server % patientClients.size());
    }

    Ledger ledger() {
        return ledger;
    }

    Topics topics() {
        return topics;
    }

    /** Publishes, takes, and has the fault happen again and again; then waits for quiet and judges. */
    Outcome suffer(Ordeal fault) {
        long started = System.nanoTime();
        List<String> subscriptions = IntStream.range(0, scale.subscriptions())
                .mapToObj(i -> "s-" + i)
                .toList();
        for (int i = 0; i < subscriptions.size(); i++) {
            ledger.declare(patient(0), subscriptions.get(i), topics.interests().get(i));
        }
        ground.awaitDisk();
        try (Crowd crowd = new Crowd(recorder, clients, subscriptions, scale.seed());
                Publishers publishers = new Publishers(recorder, clients, topics, scale);
                Aside aside = new Aside(() -> meanwhile.step(crowd, random))) {
            present = publishers;
            int each = scale.facts() / (scale.strikes() + 1);
            for (int strike = 0; strike < scale.strikes(); strike++) {
                publishers.await(each * strike + each / 2 + random.nextInt(each));
                fault.strike(strike, random);
            }
            publishers.finish();
            aside.finish();
            awaitQuiet(crowd);
        }
        History history = recorder.history();
        Ending ending = new Ending(ground.journal(), ledger.standings(), ledger.ended(history));
        HistoryReport report = HistoryChecker.surviving(surviving).check(history, ending, ledger.oracle());
        return new Outcome(scale, report, history, ending, Duration.ofNanos(System.nanoTime() - started));
    }

    /** Waits until publishers are turned away for this reason. */
    void awaitTurnedAway(String reason) {
        Objects.requireNonNull(present).awaitTurnedAway(reason);
    }

    /** Whether every fact of the run has been accepted. */
    boolean isPublished() {
        return Objects.requireNonNull(present).isFinished();
    }

    /** Whether nothing is left to be done for these subscriptions either. */
    boolean isQuiet(List<String> subscriptions) {
        return ground.isQuiet(subscriptions);
    }

    /** The address of the first server, for clients of other programs. */
    String uri() {
        return uri;
    }

    @Override
    public void close() {
        clients.forEach(ThoughtBus::close);
        patientClients.forEach(ThoughtBus::close);
    }

    private void awaitQuiet(Crowd crowd) {
        Progress progress = new Progress();
        await().atMost(LONGEST_STANDSTILL.multipliedBy(10)).until(() -> {
            progress.tell(() -> "%,d wakes have come".formatted(crowd.seen()));
            return crowd.isIdle() && ground.isQuiet(ledger.subscriptions());
        });
    }

    /** What else is done while facts are published. */
    interface Meanwhile {
        /** Does one thing; false if there was nothing to do. */
        boolean step(Crowd crowd, Random random);
    }

    /** A fault that happens to servers and Redis. */
    interface Ordeal {
        /** Has it happen, for the number-th time from 0. */
        void strike(int number, Random random);
    }
}
