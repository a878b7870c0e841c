package io.thoughtbus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.BusUnavailableException;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.history.Ending;
import io.thoughtbus.server.history.HistoryChecker;
import io.thoughtbus.server.history.HistoryRecorder;
import io.thoughtbus.server.history.HistoryReport;
import io.thoughtbus.server.history.Journalled;
import io.thoughtbus.server.history.Oracle;
import io.thoughtbus.server.history.Publishing;
import io.thoughtbus.server.history.Standing;
import io.thoughtbus.server.redis.EmbeddedRedis;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TwoServersIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int BETWEEN_FAULTS = 150;
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(6);
    private static final Map<String, SubscriptionDraft> SUBSCRIPTIONS = Map.of(
            "late", wanted("a delivery is late", 0.4),
            "failing", wanted("a computer is failing", 0.3),
            "military", wanted("a customer is a soldier", 0.35));

    @TempDir
    private Path directory;

    private final HistoryRecorder recorder = HistoryRecorder.start();
    private final List<ThoughtBus> clients = new ArrayList<>();
    private EmbeddedRedis redis;
    private BusProcess first;
    private BusProcess second;
    private volatile int answering;

    @BeforeEach
    void start() {
        redis = EmbeddedRedis.start(directory.resolve("redis"), null, EmbeddedRedis.Persistence.ALWAYS);
        first = BusProcess.start(directory.resolve("first"), uri());
        second = BusProcess.start(directory.resolve("second"), uri());
        Stream.of(first, second)
                .map(server -> ThoughtBus.builder(URI.create(server.uri("shop")))
                        .publisher("load")
                        .timeout(Duration.ofSeconds(2))
                        .connect())
                .forEach(clients::add);
    }

    @AfterEach
    void stop() {
        clients.forEach(ThoughtBus::close);
        first.close();
        second.close();
        redis.close();
    }

    @Test
    void killedAndPausedInTurnTheyLoseNothingAndWakeNobodyTwiceAtOnce() throws Exception {
        HistoryReport report = history(
                first::kill,
                () -> first = BusProcess.start(directory.resolve("first"), first.port(), uri()),
                () -> pause(second),
                second::kill,
                () -> second = BusProcess.start(directory.resolve("second"), second.port(), uri()),
                () -> pause(first));

        report.assertClean();
        assertThat(report.tally().unknownStored() + report.tally().unknownNotStored())
                .isPositive();
    }

    @Test
    void theyGoOnWithNothingLostWhenTheirRedisIsKilledAndComesBack() throws Exception {
        history(this::killRedis, this::killRedis, this::killRedis).assertClean();
    }

    /** What publishers and subscribers have seen of a run in which one fault after the other happened. */
    private HistoryReport history(Fault... faults) throws Exception {
        List<Standing> standings = new ArrayList<>();
        SUBSCRIPTIONS.forEach(
                (id, draft) -> standings.add(Standing.of(clients.get(0).declare(id, draft))));
        HistoryChecker checker = HistoryChecker.surviving(Durability.FSYNCED);
        Ending ending;
        Oracle truth;
        try (Takers takers = new Takers(recorder, clients, SUBSCRIPTIONS.keySet());
                Load load = Load.by(this::publish, 4, 31)) {
            for (Fault fault : faults) {
                load.awaitFurther(BETWEEN_FAULTS);
                fault.happen();
            }
            load.awaitFurther(BETWEEN_FAULTS);
            load.finish();
            ending = new Ending(journal(), standings, List.of());
            truth = truth(ending.journal());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> takers.areIdle()
                            && checker.check(recorder.history(), ending, truth).isClean());
        }
        assertThat(ending.journal()).hasSizeGreaterThan(BETWEEN_FAULTS * faults.length);
        return checker.check(recorder.history(), ending, truth);
    }

    private void killRedis() {
        ProcessHandle killed = redisProcess();
        assertThat(killed.destroyForcibly()).isTrue();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !Set.of(killed, ProcessHandle.current()).contains(redisProcess()));
    }

    /** This process while Redis has none. */
    private ProcessHandle redisProcess() {
        try {
            String pid = Files.readString(directory.resolve("redis/redis.pid")).strip();
            return ProcessHandle.of(Long.parseLong(pid)).orElse(ProcessHandle.current());
        } catch (IOException | NumberFormatException e) {
            return ProcessHandle.current();
        }
    }

    /** Publishes at the server that answered last, now and then at the other, and again until one of them answers. */
    private FactId publish(FactDraft draft) {
        FactDraft signed = draft.by("load");
        int server = signed.hashCode() % 8 == 0 ? 1 - answering : answering;
        while (true) {
            Publishing publishing = recorder.publishing("load", signed);
            try {
                Published published = clients.get(server).publish(signed);
                publishing.accepted(published);
                answering = server;
                return published.id();
            } catch (BusUnavailableException e) {
                publishing.unknown(e);
                server = 1 - server;
            }
        }
    }

    /** Stops a server's process for longer than its leases last, and lets it go on. */
    private static void pause(BusProcess server) throws IOException, InterruptedException {
        signal("-STOP", server);
        try {
            assertThat(server.process().waitFor(LONGER_THAN_A_LEASE.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
        } finally {
            signal("-CONT", server);
        }
    }

    private static void signal(String signal, BusProcess server) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(
                        "kill", signal, Long.toString(server.process().pid()))
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    private List<Journalled> journal() {
        HttpProbe http = HttpProbe.at(first.port(), "shop");
        List<Journalled> facts = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = http.get("/facts?limit=1000" + after).json();
            page.get("facts").forEach(fact -> facts.add(Journalled.of(JSON.treeToValue(fact, Fact.class))));
            after = page.has("next") ? "&after=" + page.get("next").asString() : "";
        } while (!after.isEmpty());
        return facts;
    }

    private static Oracle truth(List<Journalled> journal) {
        Map<FactId, FactDraft> facts = new TreeMap<>();
        journal.forEach(fact -> facts.put(fact.id(), FactDraft.of(fact.text())));
        Map<String, Set<FactId>> wakes = new HashMap<>();
        try (BruteForce model = new BruteForce()) {
            SUBSCRIPTIONS.forEach((id, draft) -> wakes.put(id, model.wakes(facts, draft, fact -> true)));
        }
        return Oracle.of((fact, standing) ->
                wakes.getOrDefault(standing.subscription(), Set.of()).contains(fact.id()));
    }

    private static SubscriptionDraft wanted(String interest, double threshold) {
        return SubscriptionDraft.of("agent", interest)
                .withThreshold(threshold)
                .withDelivery(
                        DeliverySettings.USUAL.withLease(Duration.ofSeconds(2)).withMaxAttempts(100));
    }

    private String uri() {
        return "--thoughtbus.redis.uri=redis://:" + redis.address().password() + "@127.0.0.1:"
                + redis.address().port();
    }

    private interface Fault {
        void happen() throws Exception;
    }
}
