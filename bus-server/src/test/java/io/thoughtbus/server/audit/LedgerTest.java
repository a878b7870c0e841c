package io.thoughtbus.server.audit;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.ConsistencyProof;
import io.thoughtbus.ledger.ExportSummary;
import io.thoughtbus.ledger.ExportVerifier;
import io.thoughtbus.ledger.InclusionProof;
import io.thoughtbus.ledger.PublicKey;
import io.thoughtbus.ledger.SelectionVerifier;
import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BusTest
class LedgerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern KIND = Pattern.compile("\"kind\":\"([a-z-]+)\"");

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void begin() {
        bus = HttpProbe.at(port);
    }

    @Test
    void everythingOfConsequenceIsInTheLedgerAndProven() throws IOException {
        bus.declare("agent", "{\"subscriber\":\"a\",\"interest\":{\"text\":\"order returned\"},\"threshold\":0.1}");
        String fact = bus.publish("{\"text\":\"order returned\",\"attributes\":{\"amount\":9007199254740993}}");
        List<JsonNode> wakes = bus.take("agent", 1, Duration.ofSeconds(10));
        bus.settle("agent", "never", wakes);
        bus.post("/subscriptions/agent/dead-letters:revive", "{}");
        bus.put("", "{\"ttl\":\"PT1H\"}");
        bus.delete("/subscriptions/agent");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(kinds(export("")))
                        .containsExactlyInAnyOrder(
                                "subscription",
                                "fact",
                                "matches",
                                "delivery",
                                "verdict",
                                "death",
                                "revival",
                                "settings",
                                "subscription-deleted"));

        Checkpoint checkpoint = checkpoint();
        String export = export("?size=" + checkpoint.size());
        ExportSummary summary = ExportVerifier.verify(
                new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)), checkpoint, verified -> {});
        assertThat(summary.records()).isEqualTo(9);
        assertThat(summary.withheld()).isZero();
        assertThat(export("?size=" + checkpoint.size())).isEqualTo(export);
        Answer events = bus.get("/ledger/export?format=cloudevents&size=" + checkpoint.size());
        assertThat(events.body()).contains("\"specversion\":\"1.0\"", "\"type\":\"io.thoughtbus.ledger.fact\"");
        ExportVerifier.verify(
                new ByteArrayInputStream(events.body().getBytes(StandardCharsets.UTF_8)), checkpoint, verified -> {});
        Answer proof = bus.get("/ledger/inclusion?fact=" + fact);
        assertThat(JSON.readValue(proof.body(), InclusionProof.class).holds(checkpoint))
                .isTrue();
        assertThat(proof.body()).hasSizeLessThan(2_048);
    }

    @Test
    void aNewerCheckpointIsConsistentWithAnOlderOne() {
        bus.publish("{\"text\":\"one\"}");
        awaitLeaves(1);
        Checkpoint older = checkpoint();
        bus.publish("{\"text\":\"two\"}");
        awaitLeaves(2);
        Checkpoint newer = checkpoint();

        Answer proof = bus.get("/ledger/consistency?from=1&to=2");

        assertThat(JSON.readValue(proof.body(), ConsistencyProof.class).holds(older, newer))
                .isTrue();
        assertThat(bus.get("/ledger/checkpoints").json().get("checkpoints")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(bus.get("/ledger/checkpoint").body()).startsWith("thought-bus/" + bus.namespace() + "\n2\n");
        assertThat(bus.get("/ledger/tile/0/0").status()).isEqualTo(200);
        JsonNode state = bus.get("/ledger").json();
        assertThat(state.get("root").asString()).isEqualTo(newer.root().toString());
        assertThat(state.get("lag").asString()).isEqualTo("PT0S");
    }

    @Test
    void aFactThatTakesAnotherBackSaysSoByItsLongName() {
        String wrong = bus.publish("{\"text\":\"one\"}");
        bus.publish("{\"text\":\"two\",\"supersedes\":\"" + wrong + "\"}");
        String other = bus.publish("{\"text\":\"three\"}");
        bus.post("/facts/" + other + ":retract", "{}");
        awaitLeaves(4);

        assertThat(export("")).contains("\"supersedes\":\"" + wrong + "\"", "\"retracts\":\"" + other + "\"");
    }

    @Test
    void chosenRecordsAreProvenOneByOne() throws IOException {
        bus.publish("{\"text\":\"one\",\"subject\":\"s-1\"}");
        bus.publish("{\"text\":\"two\",\"subject\":\"s-2\"}");
        awaitLeaves(2);
        Checkpoint checkpoint = checkpoint();

        String export = export("?subject=s-2");
        String events = export("?subject=s-2&format=cloudevents");

        assertThat(kinds(export)).containsExactly("fact");
        assertThat(export).contains("\"text\":\"two\"");
        for (String form : List.of(export, events)) {
            assertThat(SelectionVerifier.verify(
                                    new ByteArrayInputStream(form.getBytes(StandardCharsets.UTF_8)),
                                    checkpoint,
                                    verified -> {})
                            .records())
                    .isEqualTo(1);
        }
        assertThat(bus.get("/ledger/export?about=rain")).isProblem(400, "invalid-field", "threshold");
        assertThat(bus.get("/ledger/export?filter=%3C")).isProblem(400, "invalid-field", "filter");
        assertThat(bus.get("/ledger/export?subject=%20")).isProblem(400, "invalid-field", "subject");
    }

    @Test
    void whatAnActSaidIsErasedAndAllProofsHold() throws IOException {
        bus.declare("agent", "{\"subscriber\":\"a\",\"interest\":{\"text\":\"order returned\"},\"threshold\":0.1}");
        String fact = bus.publish("{\"text\":\"order returned\"}");
        JsonNode wake = bus.take("agent", 1, Duration.ofSeconds(10)).get(0);
        bus.post(
                "/subscriptions/agent/verdicts",
                "[{\"wake\":" + wake.get("id") + ",\"verdict\":\"done\",\"reason\":\"Mr Jones was ill\"}]");
        awaitLeaves(5);
        Checkpoint before = checkpoint();
        String told = export("?size=5");
        long leaf = leaf(told, "verdict");

        Answer erased = bus.post("/erasures", "{\"leaves\":[" + leaf + "],\"reason\":\"asked for\"}");

        assertThat(erased).hasStatus(201);
        assertThat(erased.json().get("leaves").toString()).isEqualTo("[" + leaf + "]");
        String left = export("?size=5");
        assertThat(left).doesNotContain("Jones");
        assertThat(ExportVerifier.verify(
                                new ByteArrayInputStream(left.getBytes(StandardCharsets.UTF_8)), before, verified -> {})
                        .withheld())
                .isEqualTo(1);
        assertThat(kinds(export(""))).hasSize(5).contains("act-erasure").doesNotContain("verdict");
        assertThat(export("")).contains("\"leaves\":[" + leaf + "]", "\"reason\":\"asked for\"");
        assertThat(bus.get("/timeline?fact=" + fact).json().at("/missing/0").asString())
                .isEqualTo("the records of 1 acts are gone");
        assertThat(bus.post("/erasures", "{\"leaves\":[" + leaf + "],\"reason\":\"again\"}")
                        .json()
                        .get("leaves"))
                .isEmpty();
        assertThat(bus.get("/ledger").json().get("size").asLong()).isEqualTo(6);
        for (String refused : List.of("[]", "[6]", "[-1]", "[5]", "[" + leaf(told, "fact") + "]")) {
            assertThat(bus.post("/erasures", "{\"leaves\":" + refused + ",\"reason\":\"asked for\"}"))
                    .isProblem(400, "invalid-field", "leaves");
        }
        assertThat(bus.post("/erasures", "{\"leaves\":[" + leaf + "]}")).isProblem(400, "invalid-field", "reason");
    }

    @Test
    void instantsNameLeavesByWhenTheyWereAppended() {
        bus.publish("{\"text\":\"one\"}");
        awaitLeaves(1);
        checkpoint();

        assertThat(kinds(export("?from=2020-01-01T00:00:00Z"))).containsExactly("fact");
        assertThat(kinds(export("?from=2120-01-01T00:00:00Z"))).isEmpty();
        assertThat(kinds(export("?to=2020-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void refusesWhatTheLedgerDoesNotHave() {
        bus.publish("{\"text\":\"one\"}");
        awaitLeaves(1);
        checkpoint();

        assertThat(bus.get("/ledger/inclusion")).hasStatus(400);
        assertThat(bus.get("/ledger/inclusion?leaf=1")).hasStatus(404);
        assertThat(bus.get("/ledger/inclusion?leaf=0&size=2")).hasStatus(400);
        assertThat(bus.get("/ledger/inclusion?fact=0-1-1")).hasStatus(404);
        assertThat(bus.get("/ledger/inclusion?fact=x")).hasStatus(400);
        assertThat(bus.get("/ledger/consistency?from=2&to=1")).hasStatus(400);
        assertThat(bus.get("/ledger/export?from=2")).hasStatus(400);
        assertThat(bus.get("/ledger/export?from=yesterday")).hasStatus(400);
        assertThat(bus.get("/ledger/export?format=xml")).hasStatus(400);
        assertThat(bus.get("/ledger/tile/0/9")).hasStatus(404);
        HttpProbe fresh = HttpProbe.at(port);
        assertThat(fresh.get("/ledger/checkpoint")).hasStatus(404);
        assertThat(fresh.get("/ledger/export")).hasStatus(404);
        assertThat(fresh.post("/ledger/checkpoints", "")).isProblem(404, "checkpoint-not-found");
        assertThat(fresh.get("/ledger").json().get("size").asLong()).isZero();
    }

    @Test
    void healthTellsThatNoLedgerIsStuck() {
        Answer health = bus.send(bus.requestTo("/actuator/health").GET());

        assertThat(health.json().at("/components/ledger/details/stuck").isObject())
                .isTrue();
    }

    private void awaitLeaves(long leaves) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(bus.get("/ledger").json().get("size").asLong())
                                .isEqualTo(leaves));
    }

    private Checkpoint checkpoint() {
        Answer made = bus.post("/ledger/checkpoints", "");
        assertThat(made).hasStatus(201);
        List<PublicKey> keys = bus.get("/ledger/key")
                .json()
                .get("keys")
                .valueStream()
                .map(key -> PublicKey.parse(key.get("key").asString()))
                .toList();
        return Checkpoint.open(made.body(), keys);
    }

    private static long leaf(String export, String kind) {
        return export.lines()
                .filter(line -> line.contains("\"kind\":\"" + kind + "\""))
                .map(line -> JSON.readTree(line).get("leaf").asLong())
                .findFirst()
                .orElseThrow();
    }

    /** An export of all there is, proven by a checkpoint that is made now. */
    private String export(String query) {
        if (query.isEmpty()) {
            bus.post("/ledger/checkpoints", "");
        }
        Answer answer = bus.get("/ledger/export" + query);
        assertThat(answer).hasStatus(200);
        return answer.body();
    }

    private static List<String> kinds(String export) {
        List<String> kinds = new ArrayList<>();
        Matcher matcher = KIND.matcher(export);
        while (matcher.find()) {
            kinds.add(matcher.group(1));
        }
        return kinds;
    }
}
