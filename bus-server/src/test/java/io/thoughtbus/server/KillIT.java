package io.thoughtbus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.SubscriptionDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KillIT {
    private static final SubscriptionDraft LATE =
            SubscriptionDraft.of("apology-agent", "a delivery is late").withThreshold(0.4);
    private static final SubscriptionDraft FAILING = SubscriptionDraft.of("operator", "a computer is failing")
            .withThreshold(0.3)
            .withFilter("attributes.n % 2 == 0");
    private static final SubscriptionDraft MILITARY =
            SubscriptionDraft.of("discount-agent", "a customer is a soldier").withThreshold(0.35);

    @TempDir
    private Path directory;

    private BusProcess bus;
    private HttpProbe http;

    @BeforeEach
    void start() {
        bus = BusProcess.start(directory);
        http = HttpProbe.at(bus.port(), "shop");
        try (ThoughtBus client = ThoughtBus.connect(bus.uri("shop"))) {
            client.declare("failing", FAILING);
            client.declare("military", MILITARY);
        }
    }

    @AfterEach
    void stop() {
        bus.close();
    }

    @Test
    void whatIsAcceptedIsJournalledOnceAndWakesAsItShouldThoughTheBusIsKilledAgainAndAgain() {
        Set<FactId> handled = new ConcurrentSkipListSet<>();
        try (ThoughtBus client = ThoughtBus.connect(bus.uri("shop"));
                Load load = Load.bySdk(bus.uri("shop"), 4, 17)) {
            client.subscribe("late", LATE, 4, wake -> {
                handled.add(wake.fact().id());
                return Verdict.done();
            });
            for (int kills = 0; kills < 3; kills++) {
                load.awaitFurther(300);
                bus.kill();
                bus = BusProcess.start(directory, bus.port());
            }
            load.awaitFurther(300);
            Map<FactId, FactDraft> accepted = load.finish();

            assertThat(journal()).containsExactlyInAnyOrderElementsOf(keysAndPositions(accepted));
            assertWakes(accepted);
            try (BruteForce truth = new BruteForce()) {
                Set<FactId> late = truth.wakes(accepted, LATE, fact -> true);
                Set<FactId> declaredLater = new TreeSet<>(late);
                declaredLater.removeAll(decidedByLate(accepted.keySet()));
                late.removeAll(declaredLater);
                await().atMost(Duration.ofSeconds(30)).until(() -> handled.size() >= late.size());
                assertThat(handled).isEqualTo(late);
            }
        }
    }

    @Test
    void refusesWhileItsRedisIsKilledAndGoesOnByItselfWithNothingLost() {
        ConcurrentLinkedQueue<Answer> refusals = new ConcurrentLinkedQueue<>();
        try (Load load = Load.by(draft -> publishUntilAccepted(draft, refusals), 3, 23);
                Load reads = Load.by(draft -> read(draft, refusals), 1, 0)) {
            for (int kills = 0; kills < 3; kills++) {
                load.awaitFurther(200);
                ProcessHandle redis = redis();
                redis.destroyForcibly();
                await().atMost(Duration.ofSeconds(30)).until(() -> redis().pid() != redis.pid());
            }
            load.awaitFurther(200);
            Map<FactId, FactDraft> accepted = load.finish();
            reads.finish();

            assertThat(refusals).isNotEmpty().allSatisfy(refusal -> {
                AnswerAssert.assertThat(refusal).hasStatus(503);
                assertThat(refusal.header("Content-Type")).startsWith("application/problem+json");
                assertThat(refusal.header("Retry-After")).matches("\\d+");
            });
            assertThat(journal()).containsExactlyInAnyOrderElementsOf(keysAndPositions(accepted));
            assertWakes(accepted);
            assertThat(bus.process().isAlive()).isTrue();
        }
    }

    /** The subscriptions declared before the load, whose wakes nobody took, owe each match once. */
    private void assertWakes(Map<FactId, FactDraft> accepted) {
        try (BruteForce truth = new BruteForce()) {
            assertOwed("military", truth.wakes(accepted, MILITARY, fact -> true));
            assertOwed("failing", truth.wakes(accepted, FAILING, KillIT::isEven));
        }
    }

    private void assertOwed(String subscription, Set<FactId> expected) {
        List<JsonNode> wakes = http.takeAll(subscription, expected.size());

        assertThat(wakes)
                .hasSizeGreaterThan(20)
                .allMatch(wake -> wake.get("attempt").asInt() == 1);
        assertThat(wakes.stream().map(wake -> FactId.parse(wake.at("/fact/id").asString())))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private Set<FactId> decidedByLate(Set<FactId> facts) {
        List<FactId> activation = new ArrayList<>();
        http.get("/subscriptions/late")
                .json()
                .get("activation")
                .forEach(position -> activation.add(FactId.parse(position.asString())));
        Set<FactId> decided = new TreeSet<>(facts);
        decided.removeIf(fact -> fact.compareTo(activation.get(fact.shard())) <= 0);
        return decided;
    }

    /** Every live fact's key and position. */
    private List<String> journal() {
        List<String> facts = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = http.get("/facts?limit=1000" + after).json();
            page.get("facts")
                    .forEach(fact -> facts.add(
                            fact.get("key").asString() + " " + fact.get("id").asString()));
            after = page.has("next") ? "&after=" + page.get("next").asString() : "";
        } while (!after.isEmpty());
        return facts;
    }

    private static List<String> keysAndPositions(Map<FactId, FactDraft> accepted) {
        return accepted.entrySet().stream()
                .map(fact -> fact.getValue().key() + " " + fact.getKey())
                .toList();
    }

    private FactId publishUntilAccepted(FactDraft draft, ConcurrentLinkedQueue<Answer> refusals) {
        String json = "{\"text\":" + Samples.quoted(draft.text()) + ",\"subject\":\"" + draft.subject()
                + "\",\"key\":\"" + draft.key() + "\",\"attributes\":{\"n\":"
                + draft.attributes().get("n") + "}}";
        while (true) {
            Answer answer = http.post("/facts", json);
            if (answer.status() == 201) {
                return FactId.parse(answer.json().get("id").asString());
            }
            refusals.add(answer);
        }
    }

    /** Asks for something that changes nothing. */
    private FactId read(FactDraft draft, ConcurrentLinkedQueue<Answer> refusals) {
        List.of(
                        http.get("/facts?limit=1"),
                        http.get("/facts/0-1-1"),
                        http.get("/subscriptions"),
                        http.get("/subscriptions/failing"),
                        http.get("/subscriptions/failing/dead-letters"),
                        http.get("/subscriptions/failing/replays"),
                        http.post("/facts:search", Samples.fact("late")),
                        http.post("/explain", Samples.fact("late")))
                .stream()
                .filter(answer -> answer.status() != 200 && answer.status() != 404)
                .forEach(refusals::add);
        return new FactId(0, 0, ((Number) draft.attributes().getOrDefault("n", 0)).longValue());
    }

    private ProcessHandle redis() {
        try {
            Path pid = directory.resolve("data/redis.pid");
            String content = Files.exists(pid) ? Files.readString(pid).strip() : "";
            return ProcessHandle.of(content.isEmpty() ? 1 : Long.parseLong(content))
                    .orElse(ProcessHandle.current());
        } catch (IOException e) {
            return ProcessHandle.current();
        }
    }

    private static boolean isEven(FactDraft fact) {
        return ((Number) fact.attributes().getOrDefault("n", 1)).longValue() % 2 == 0;
    }
}
