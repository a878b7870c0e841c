package io.thoughtbus.server.journal;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class RetractionTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late"));
        bus.declare("rain", subscription("it rains in Spain"));
    }

    @Test
    void tellsThoseWhomTheFactWokeAndNobodyElse() {
        String first = bus.publish(fact("a parcel is late", "parcel-7"));
        JsonNode wake = bus.takeAll("late", 1).get(0);

        JsonNode answer = retract(first, "{\"reason\":\"it was scanned\",\"publisher\":\"depot\"}");

        JsonNode told = bus.takeAll("late", 1).get(0);
        assertThat(wake.get("kind").asString()).isEqualTo("fact");
        assertThat(wake.has("retracts")).isFalse();
        assertThat(told.get("kind").asString()).isEqualTo("retracted");
        assertThat(told.get("retracts").asString()).isEqualTo(first);
        assertThat(told.get("score")).isEqualTo(wake.get("score"));
        assertThat(told.get("version")).isEqualTo(wake.get("version"));
        assertThat(told.at("/fact/id")).isEqualTo(answer.get("id"));
        assertThat(told.at("/fact/retracts").asString()).isEqualTo(first);
        assertThat(told.at("/fact/subject").asString()).isEqualTo("parcel-7");
        assertThat(told.at("/fact/publisher").asString()).isEqualTo("depot");
        assertThat(told.at("/fact/text").asString()).isEqualTo("the fact " + first + " is retracted: it was scanned");
        assertThat(bus.take("rain", 1, Duration.ZERO)).isEmpty();
    }

    @Test
    void comesAfterItsFactWhereThatIsNotYetTaken() {
        List<String> ids = IntStream.range(0, 20)
                .mapToObj(i -> {
                    String first = bus.publish(fact("a parcel is late", "parcel-" + i % 3));
                    return List.of(first, retract(first, "{}").get("id").asString());
                })
                .flatMap(List::stream)
                .toList();

        List<String> taken = bus.takeAll("late", 40).stream()
                .map(wake -> wake.at("/fact/id").asString())
                .toList();

        assertThat(taken).containsExactlyInAnyOrderElementsOf(ids);
        IntStream.iterate(0, i -> i + 2)
                .limit(20)
                .forEach(i -> assertThat(taken).containsSubsequence(ids.get(i), ids.get(i + 1)));
    }

    @Test
    void takesTheFactOutOfLiveMemoryAtOnceAndIsNotFoundThereItself() {
        String first = bus.publish(fact("a parcel is late", "parcel-7"));

        String retraction = retract(first, "{}").get("id").asString();

        assertThat(bus.get("/facts/" + first)).isProblem(404, "fact-not-found");
        assertThat(bus.get("/facts/" + retraction)).isProblem(404, "fact-not-found");
        assertThat(bus.get("/facts?subject=parcel-7").json().get("facts")).isEmpty();
        assertThat(bus.post("/facts:search", "{\"text\":\"a parcel is late\"}")
                        .json()
                        .get("facts"))
                .isEmpty();
    }

    @Test
    void leavesTheFactInWhatMemoryHeldBefore() {
        String first = bus.publish(fact("a parcel is late", "parcel-7"));
        String before = bus.get("/facts/" + first).json().get("acceptedAt").asString();
        Instant retracted = Instant.ofEpochMilli(
                Long.parseLong(retract(first, "{}").get("id").asString().split("-", 3)[1]));

        assertThat(bus.get("/facts?subject=parcel-7&asOf=" + before)
                        .json()
                        .at("/facts/0/id")
                        .asString())
                .isEqualTo(first);
        assertThat(bus.get("/facts?subject=parcel-7&asOf=" + retracted).json().get("facts"))
                .isEmpty();
        assertThat(bus.get("/facts?asOf=" + retracted)).isProblem(400, "invalid-field", "subject");
        assertThat(bus.get("/facts?subject=parcel-7&asOf=now")).isProblem(400, "invalid-field", "asOf");
        assertThat(bus.get("/facts?subject=parcel-7&asOf=2999-01-01T00:00:00Z"))
                .isProblem(400, "invalid-field", "asOf");
    }

    @Test
    void answersTheFirstRetractionToEveryFurtherOne() {
        String first = bus.publish(fact("a parcel is late"));

        JsonNode once = retract(first, "{\"key\":\"k\"}");
        JsonNode again = retract(first, "{\"key\":\"k\"}");
        JsonNode other = retract(first, "{\"reason\":\"another\"}");

        assertThat(once.get("duplicate").asBoolean()).isFalse();
        assertThat(List.of(again, other))
                .allSatisfy(answer ->
                        assertThat(answer.get("duplicate").asBoolean()).isTrue())
                .allSatisfy(answer -> assertThat(answer.get("id")).isEqualTo(once.get("id")));
        assertThat(bus.takeAll("late", 2)).hasSize(2);
    }

    @Test
    void isItselfNotRetractedAndNeitherIsWhatTheJournalDoesNotHold() {
        String first = bus.publish(fact("a parcel is late"));
        String retraction = retract(first, "{}").get("id").asString();

        assertThat(bus.post("/facts/" + retraction + ":retract", "{}")).isProblem(409, "cannot-withdraw", "id");
        assertThat(bus.post("/facts/0-1-0:retract", "{}")).isProblem(404, "fact-not-found");
        assertThat(bus.post("/facts/99-1-0:retract", "{}")).isProblem(404, "fact-not-found");
        assertThat(bus.post("/facts/none:retract", "{}")).isProblem(400, "invalid-field", "id");
        assertThat(bus.post("/facts/" + first + ":retract", "{\"reason\":\"\"}"))
                .isProblem(400, "invalid-field", "reason");
        assertThat(bus.post("/facts/" + first + ":retract", "{\"text\":\"no\"}"))
                .isProblem(400, "unknown-field", "text");
    }

    @Test
    void standsInAChainOfCausesWhereItsFactStands() {
        String first = bus.publish(fact("a truck broke down"));
        String second = bus.publish("{\"text\":\"a parcel is late\",\"cause\":\"" + first + "\"}");
        String retraction = retract(second, "{}").get("id").asString();

        String third = bus.publish("{\"text\":\"a parcel arrived\",\"cause\":\"" + retraction + "\"}");

        JsonNode fact = bus.get("/facts/" + third).json();
        assertThat(fact.get("depth").asInt()).isEqualTo(2);
        assertThat(fact.get("root").asString()).isEqualTo(first);
    }

    @Test
    void isRefusedUnderAKeyThatBelongsToAnotherStatement() {
        bus.publish("{\"text\":\"it rains\",\"key\":\"k\"}");
        String first = bus.publish(fact("a parcel is late"));

        assertThat(bus.post("/facts/" + first + ":retract", "{\"key\":\"k\"}")).isProblem(409, "key-reused", "key");
        assertThat(bus.get("/facts/" + first)).hasStatus(200);
    }

    @Test
    void livesAsLongAsItsFactWasGivenAndAsFactsUsuallyDoAtLeast() {
        String shortLived = bus.publish("{\"text\":\"a parcel is late\",\"ttl\":\"PT2S\"}");
        String longLived = bus.publish("{\"text\":\"a parcel is late\",\"ttl\":\"P9D\"}");
        retract(shortLived, "{}");
        retract(longLived, "{}");

        assertThat(bus.takeAll("late", 4).stream()
                        .filter(wake -> wake.get("kind").asString().equals("retracted"))
                        .collect(Collectors.toMap(
                                wake -> wake.get("retracts").asString(), wake -> lifetime(wake.get("fact")))))
                .containsEntry(shortLived, Duration.ofHours(24))
                .containsEntry(longLived, Duration.ofDays(9));
    }

    @Test
    void isToldToThoseWhoAreStillThereByTheVersionThatTheFactWoke() {
        bus.declare("gone", subscription("a parcel is late"));
        bus.declare("again", subscription("a parcel is late"));
        String first = bus.publish(fact("a parcel is late"));
        List.of("late", "gone", "again")
                .forEach(id -> assertThat(bus.takeAll(id, 1)).hasSize(1));
        bus.delete("/subscriptions/gone");
        bus.delete("/subscriptions/again");
        bus.declare("again", subscription("a parcel is late"));
        bus.declare("late", subscription("it rains in Spain"));

        retract(first, "{}");

        JsonNode told = bus.takeAll("late", 1).get(0);
        assertThat(told.get("version").asInt()).isEqualTo(1);
        assertThat(told.get("score").asDouble()).isGreaterThan(0.99);
        assertThat(bus.take("again", 1, Duration.ofMillis(200))).isEmpty();
    }

    @Test
    void isNoFactForForecastsExplanationsAndSuggestions() {
        String first = bus.publish(fact("a parcel is late"));
        String retraction = retract(first, "{}").get("id").asString();
        List<JsonNode> wakes = new ArrayList<>(bus.take("late", 2, SOON));
        await().until(() -> wakes.size() == 2 || wakes.addAll(bus.take("late", 1, SOON)));
        String verdicts = "[{\"wake\":" + wakes.get(1).get("id") + ",\"verdict\":\"done\",\"relevant\":false}]";
        assertThat(bus.post("/subscriptions/late/verdicts", verdicts)).hasStatus(200);

        JsonNode suggestion = bus.get("/subscriptions/late/suggestion").json();

        assertThat(suggestion.get("irrelevant").asInt()).isZero();
        assertThat(suggestion.at("/preview/outlook/forecast/facts").asInt()).isEqualTo(1);
        assertThat(bus.post("/explain", "{\"fact\":\"" + retraction + "\"}")).isProblem(404, "fact-not-found");
    }

    @Test
    void standsInReplaysBehindItsFact() {
        String first = bus.publish(fact("a parcel is late"));
        String retraction = retract(first, "{}").get("id").asString();
        bus.declare("new", subscription("a parcel is late", ",\"from\":\"2020-01-01T00:00:00Z\""));

        List<JsonNode> wakes = bus.takeAll("new", 2);

        assertThat(wakes).extracting(wake -> wake.at("/fact/id").asString()).containsExactly(first, retraction);
        assertThat(wakes).extracting(wake -> wake.get("kind").asString()).containsExactly("fact", "retracted");
        assertThat(wakes).allMatch(wake -> wake.get("replay").asBoolean());
        assertThat(wakes.get(1).get("score")).isEqualTo(wakes.get(0).get("score"));
    }

    private JsonNode retract(String id, String json) {
        Answer answer = bus.post("/facts/" + id + ":retract", json);
        assertThat(answer).hasStatus(201);
        return answer.json();
    }

    private static Duration lifetime(JsonNode fact) {
        return Duration.between(
                Instant.parse(fact.get("acceptedAt").asString()),
                Instant.parse(fact.get("expiresAt").asString()));
    }
}
