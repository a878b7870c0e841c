package io.thoughtbus.server.timeline;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Timeline;
import io.thoughtbus.protocol.TimelineQuery;
import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class TimelineTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late", ",\"threshold\":0.9"));
    }

    @Test
    void tellsOfAFactFromItsPublicationToItsErasure() {
        String id = bus.publish("{\"text\":\"a parcel is late\",\"publisher\":\"depot\",\"ttl\":\"PT1S\"}");
        bus.settle("late", "done", bus.take("late", 1, SOON));
        String retraction =
                bus.post("/facts/" + id + ":retract", "{}").json().get("id").asString();
        assertThat(bus.take("late", 1, SOON)).hasSize(1);
        await().until(() -> of("fact=" + id).contains(id + " expired"));

        assertThat(of("fact=" + id))
                .containsExactly(
                        id + " published depot",
                        id + " matched late",
                        id + " delivered late",
                        id + " verdict late",
                        id + " retracted",
                        retraction + " published anonymous",
                        retraction + " told late",
                        retraction + " delivered late",
                        id + " expired");

        bus.post("/facts:erase", "{\"facts\":[\"" + id + "\"],\"reason\":\"asked for\"}");

        await().until(() -> of("fact=" + id).contains(id + " erased"));
        assertThat(bus.get("/timeline?fact=" + id).body()).doesNotContain("parcel is late");
    }

    @Test
    void tellsHowAWakeStands() {
        bus.declare("busy", subscription("a parcel is late", ",\"threshold\":0.9"));
        bus.declare("never", subscription("a parcel is late", ",\"threshold\":0.9"));
        bus.declare("judge", subscription("a parcel is late", ",\"threshold\":0.9"));
        String id = bus.publish(fact("a parcel is late"));
        String deferred = verdict("busy", "\"later\",\"delay\":\"PT1H\",\"reason\":\"no van\"");
        verdict("never", "\"never\",\"reason\":\"no parcel\"");
        verdict("judge", "\"done\",\"relevant\":false");

        JsonNode entries = bus.get("/timeline?fact=" + id).json().get("entries");

        assertThat(detail(entries, "owed", "late")).startsWith("not taken yet, due since ");
        assertThat(detail(entries, "verdict", "busy"))
                .startsWith("later, attempt 1: no van; now attempt 1 is over, due again at ")
                .endsWith(": no van");
        assertThat(detail(entries, "dead-letter", "never")).isEqualTo("given up after attempt 1: refused, no parcel");
        assertThat(detail(entries, "verdict", "judge")).isEqualTo("done, attempt 1, judged irrelevant");
        assertThat(detail(entries, "matched", "late")).isEqualTo("score 1.000, threshold 0.900, version 1");
        assertThat(deferred).isNotBlank();
    }

    @Test
    void tellsEveryAttemptWithItsTimeBeforeAndAfterTheLedgerHasTakenIt() {
        bus.declare("late", subscription("a parcel is late", ",\"threshold\":0.9,\"delivery\":{\"lease\":\"PT0.2S\"}"));
        String id = bus.publish(fact("a parcel is late"));
        JsonNode wake = bus.take("late", 1, SOON).get(0);
        String held = "[" + wake.get("id") + "]";
        bus.post("/subscriptions/late/wakes:extend", "{\"wakes\":" + held + ",\"lease\":\"PT0.3S\"}");
        verdict("late", "\"later\",\"delay\":\"PT0.1S\",\"reason\":\"no van\"");
        verdict("late", "\"never\",\"reason\":\"no parcel\"");
        bus.post("/subscriptions/late/dead-letters:revive", "{}");

        List<String> told = acts(id);

        assertThat(told)
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("delivered: attempt 1"),
                        line -> assertThat(line).startsWith("extended: attempt 1, until "),
                        line -> assertThat(line)
                                .isEqualTo("delivered: attempt 2, the lease of the one before having ended without a"
                                        + " verdict"),
                        line -> assertThat(line).isEqualTo("verdict: later, attempt 2: no van"),
                        line -> assertThat(line).isEqualTo("delivered: attempt 3, due again"),
                        line -> assertThat(line).isEqualTo("verdict: never, attempt 3: no parcel"),
                        line -> assertThat(line).isEqualTo("dead-letter: given up after attempt 3: refused, no parcel"),
                        line -> assertThat(line)
                                .startsWith(
                                        "revived: owed again with all its attempts; now not taken yet, due since "));
        awaitLedger("late");
        assertThat(acts(id)).isEqualTo(told);
        assertThat(bus.get("/timeline?as=mermaid&fact=" + id).body())
                .containsPattern("bus->>s1: \\+\\d\\.\\d{3} s " + id + " delivered, attempt 2")
                .containsPattern("s1->>bus: \\+\\d\\.\\d{3} s " + id + " verdict, later, attempt 2: no van");
        assertThat(bus.get("/timeline?as=text&fact=" + id).body())
                .containsPattern("\\+\\d\\.\\d{3} s  revived ")
                .doesNotContain("missing");
    }

    @Test
    void saysThatTheLedgerForgotAndTellsHowAWakeStands() {
        String id = bus.publish(fact("a parcel is late"));
        bus.takeAll("late", 1);
        awaitLedger("late");
        RedisInHand.client().xtrim(RedisKeys.ledger(bus.namespace(), "records"), 0, false);

        JsonNode timeline = bus.get("/timeline?fact=" + id).json();

        assertThat(timeline.at("/missing/0").asString()).startsWith("what the ledger took before ");
        assertThat(detail(timeline.get("entries"), "verdict", "late")).isEqualTo("nothing is owed any more");
        assertThat(bus.get("/timeline?as=text&fact=" + id).body()).contains("\nmissing: what the ledger took before ");
    }

    @Test
    void tellsWhomAFactNearlyWoke() {
        bus.declare("near", subscription("a parcel is late again", ",\"threshold\":0.995"));
        bus.declare("far", subscription("it rains in Spain", ",\"threshold\":0.9"));

        String id = bus.publish(fact("a parcel is late"));
        bus.takeAll("late", 1);

        assertThat(of("fact=" + id))
                .containsExactly(
                        id + " published anonymous",
                        id + " matched late",
                        id + " nearly-matched near",
                        id + " delivered late",
                        id + " verdict late");
    }

    @Test
    void tellsOfASubjectPageByPageAndOfNoOther() {
        List<String> ids = bus.publishAll(IntStream.range(0, 10)
                .mapToObj(i -> fact("a parcel is late", "parcel-" + i % 2))
                .toList());

        List<String> told = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode page =
                    bus.get("/timeline?subject=parcel-1&limit=2" + after).json();
            page.get("entries").forEach(entry -> told.add(line(entry)));
            after = page.has("next") ? "&after=" + page.get("next").asString() : "";
            pages++;
        } while (!after.isEmpty());

        assertThat(pages).isEqualTo(3);
        assertThat(told.stream().filter(line -> line.contains("published")))
                .containsExactlyElementsOf(IntStream.of(1, 3, 5, 7, 9)
                        .mapToObj(i -> ids.get(i) + " published anonymous")
                        .toList());
    }

    @Test
    void tellsOfAChainOfCausesFromAnyOfItsFacts() {
        String first = bus.publish(fact("a truck broke down"));
        String second = bus.publish("{\"text\":\"a parcel is late\",\"cause\":\"" + first + "\"}");
        String third = bus.publish("{\"text\":\"a customer is angry\",\"cause\":\"" + second + "\"}");
        bus.publish(fact("a truck broke down"));
        bus.takeAll("late", 1);

        for (String any : List.of(first, second, third)) {
            assertThat(of("cause=" + any))
                    .containsExactly(
                            first + " published anonymous",
                            second + " published anonymous",
                            second + " matched late",
                            third + " published anonymous",
                            second + " delivered late",
                            second + " verdict late");
        }
    }

    @Test
    void tellsOfASubscriptionWhatConcernedIt() {
        bus.declare("other", subscription("a parcel is late", ",\"threshold\":0.9"));
        String id = bus.publish(fact("a parcel is late"));
        bus.publish(fact("it rains in Spain"));
        bus.takeAll("late", 1);

        assertThat(of("subscription=late"))
                .containsExactly(
                        id + " published anonymous",
                        id + " matched late",
                        id + " delivered late",
                        id + " verdict late");
        assertThat(of("subscription=none")).isEmpty();
    }

    @Test
    void isTextForPeopleAndADiagramForThoseWhoDraw() {
        String id = bus.publish("{\"text\":\"a parcel is late; #7\",\"publisher\":\"depot\"}");
        await().until(() -> of("fact=" + id).size() > 1);

        Answer text = bus.send(bus.request("/timeline?fact=" + id).header("Accept", "text/plain"));
        Answer diagram = bus.send(bus.request("/timeline?fact=" + id).header("Accept", "text/vnd.mermaid"));

        assertThat(text.header("Content-Type")).startsWith("text/plain");
        assertThat(text.body()).contains("+0.000 s  published", id + "  depot", "a parcel is late; #7\n");
        assertThat(diagram.header("Content-Type")).startsWith("text/vnd.mermaid");
        assertThat(diagram.body())
                .startsWith("sequenceDiagram\n    participant p1 as depot\n    participant bus as bus\n")
                .contains("    p1->>bus: +0.000 s " + id + " a parcel is late#59; #35;7\n");
        assertThat(bus.get("/timeline?as=mermaid&fact=" + id).body()).isEqualTo(diagram.body());
    }

    @Test
    void refusesWhatNamesNothingOrTooMuchOrAnUnknownForm() {
        assertThat(bus.get("/timeline")).isProblem(400, "invalid-field", "fact");
        assertThat(bus.get("/timeline?fact=0-1-0&subject=s")).isProblem(400, "invalid-field", "fact");
        assertThat(bus.get("/timeline?fact=none")).isProblem(400, "invalid-field", "fact");
        assertThat(bus.get("/timeline?fact=0-1-0")).isProblem(404, "fact-not-found");
        assertThat(bus.get("/timeline?subject=s&limit=101")).isProblem(400, "invalid-field", "limit");
        assertThat(bus.get("/timeline?subject=s&as=png")).isProblem(400, "invalid-field", "as");
        assertThat(bus.send(bus.request("/timeline?subject=s").header("Accept", "image/png")))
                .isProblem(406, "not-acceptable");
    }

    @Test
    void theClientReadsIt() {
        String id = bus.publish(fact("a parcel is late", "parcel-7"));
        try (ThoughtBus client = ThoughtBus.connect(bus.uri())) {
            Timeline timeline = client.timeline(TimelineQuery.ofSubject("parcel-7"));

            assertThat(timeline.entries().get(0).fact()).isEqualTo(FactId.parse(id));
            assertThat(timeline.entries().get(0).at()).isBefore(Instant.now().plusSeconds(60));
            assertThat(timeline.next()).isNull();
        }
    }

    private void awaitLedger(String subscription) {
        String trail = RedisKeys.subscription(bus.namespace(), subscription, "trail");
        await().atMost(SOON).until(() -> !RedisInHand.client().exists(trail));
    }

    /** What became of the wakes of a fact; each must be dated. */
    private List<String> acts(String fact) {
        return bus.get("/timeline?fact=" + fact)
                .json()
                .get("entries")
                .valueStream()
                .filter(entry -> !List.of("published", "matched")
                        .contains(entry.get("what").asString()))
                .filter(entry -> entry.has("at"))
                .map(entry -> entry.get("what").asString() + ": "
                        + entry.get("detail").asString())
                .toList();
    }

    private List<String> of(String query) {
        Answer answer = bus.get("/timeline?" + query);
        assertThat(answer).hasStatus(200);
        return answer.json()
                .get("entries")
                .valueStream()
                .map(TimelineTest::line)
                .toList();
    }

    private static String line(JsonNode entry) {
        return entry.get("fact").asString() + " " + entry.get("what").asString()
                + (entry.has("who") ? " " + entry.get("who").asString() : "");
    }

    private static String detail(JsonNode entries, String what, String who) {
        return entries.valueStream()
                .filter(entry -> entry.get("what").asString().equals(what)
                        && entry.path("who").asString().equals(who))
                .map(entry -> entry.get("detail").asString())
                .findFirst()
                .orElseThrow();
    }

    private String verdict(String subscription, String verdict) {
        String wake = bus.take(subscription, 1, SOON).get(0).get("id").asString();
        assertThat(bus.post(
                        "/subscriptions/" + subscription + "/verdicts",
                        "[{\"wake\":\"" + wake + "\",\"verdict\":" + verdict + "}]"))
                .hasStatus(200);
        return wake;
    }
}
