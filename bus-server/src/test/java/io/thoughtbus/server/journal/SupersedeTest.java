package io.thoughtbus.server.journal;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.AnswerAssert.isProblem;
import static io.thoughtbus.server.Samples.array;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class SupersedeTest {
    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare("parcels", subscription("a parcel is late", ",\"threshold\":0.5"));
        bus.declare("lost", subscription("a parcel is lost", ",\"threshold\":0.9"));
        bus.declare("late", subscription("a parcel is late", ",\"threshold\":0.9"));
    }

    @Test
    void wakesByItsOwnMeaningAndTellsThoseWhomOnlyTheOldFactWoke() {
        String old = bus.publish(fact("a parcel is late", "parcel-7"));
        List.of("parcels", "late").forEach(id -> assertThat(bus.takeAll(id, 1)).hasSize(1));

        String fresh = bus.publish(superseding(old, "a parcel is lost", ",\"subject\":\"parcel-7\""));

        assertThat(wakes("parcels", 1)).containsExactly("fact " + fresh);
        assertThat(wakes("lost", 1)).containsExactly("fact " + fresh);
        assertThat(wakes("late", 1)).containsExactly("retracted " + fresh);
    }

    @Test
    void tellsWhatItSupersedesWhetherItWakesOrTakesBack() {
        String old = bus.publish(fact("a parcel is late"));
        bus.publish(superseding(old, "a parcel is lost", ""));

        JsonNode woken = bus.takeAll("lost", 1).get(0);
        JsonNode told = bus.takeAll("late", 2).get(1);

        assertThat(List.of(woken, told))
                .allSatisfy(wake ->
                        assertThat(wake.at("/fact/supersedes").asString()).isEqualTo(old))
                .allSatisfy(wake -> assertThat(wake.at("/fact/text").asString()).isEqualTo("a parcel is lost"));
        assertThat(woken.has("retracts")).isFalse();
        assertThat(told.get("retracts").asString()).isEqualTo(old);
        assertThat(told.get("score").asDouble()).isGreaterThan(0.99);
    }

    @Test
    void standsInLiveMemoryInThePlaceOfTheOldFact() {
        String old = bus.publish(fact("a parcel is late", "parcel-7"));

        String fresh = bus.publish(superseding(old, "a parcel is lost", ",\"subject\":\"parcel-7\""));

        assertThat(bus.get("/facts/" + old)).isProblem(404, "fact-not-found");
        assertThat(bus.get("/facts?subject=parcel-7").json().get("facts").valueStream())
                .extracting(found -> found.get("id").asString())
                .containsExactly(fresh);
        assertThat(bus.post("/facts:search", "{\"text\":\"a parcel is late\"}")
                        .json()
                        .get("facts"))
                .hasSize(1);
    }

    @Test
    void mayBeSupersededAndRetractedInItsTurnAndEachTellsOfTheOneBefore() {
        String first = bus.publish(fact("a parcel is late"));
        String second = bus.publish(superseding(first, "a parcel is lost", ""));
        String third = bus.publish(superseding(second, "a parcel is late", ""));
        String retraction =
                bus.post("/facts/" + third + ":retract", "{}").json().get("id").asString();

        assertThat(wakes("late", 4))
                .containsExactly("fact " + first, "retracted " + second, "fact " + third, "retracted " + retraction);
        assertThat(wakes("lost", 2)).containsExactly("fact " + second, "retracted " + third);
    }

    @Test
    void isRefusedWhereTheOldFactHasAnotherSubjectIsGoneOrIsARetraction() {
        String old = bus.publish(fact("a parcel is late", "parcel-7"));
        String plain = bus.publish(fact("a parcel is late"));
        String retraction =
                bus.post("/facts/" + plain + ":retract", "{}").json().get("id").asString();

        assertThat(bus.post("/facts", superseding(old, "a parcel is lost", "")))
                .isProblem(400, "invalid-field", "subject");
        assertThat(bus.post("/facts", superseding(old, "a parcel is lost", ",\"subject\":\"parcel-8\"")))
                .isProblem(400, "invalid-field", "subject");
        assertThat(bus.post("/facts", superseding("0-1-0", "a parcel is lost", "")))
                .isProblem(409, "cannot-withdraw", "supersedes");
        assertThat(bus.post("/facts", superseding(retraction, "a parcel is lost", "")))
                .isProblem(409, "cannot-withdraw", "supersedes");
        assertThat(bus.post("/facts", superseding("none", "a parcel is lost", "")))
                .isProblem(400, "invalid-field", "supersedes");
    }

    @Test
    void aFactIsTakenBackOnceHoweverManyWantTo() {
        String old = bus.publish(fact("a parcel is late"));

        List<Answer> answers = IntStream.range(0, 16)
                .mapToObj(i -> bus.postAsync("/facts", superseding(old, "a parcel is lost " + i, "")))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == 409)).hasSize(15);
        assertThat(bus.post("/facts/" + old + ":retract", "{}")).isProblem(409, "cannot-withdraw", "id");
        assertThat(bus.get("/facts").json().get("facts")).hasSize(1);
    }

    @Test
    void isPublishedOnceUnderItsKey() {
        String old = bus.publish(fact("a parcel is late"));
        String json = superseding(old, "a parcel is lost", ",\"key\":\"k\"");

        Answer once = bus.post("/facts", json);
        Answer again = bus.post("/facts", json);

        assertThat(again).hasStatus(201);
        assertThat(again.json().get("id")).isEqualTo(once.json().get("id"));
        assertThat(again.json().get("duplicate").asBoolean()).isTrue();
    }

    @Test
    void itsKeyBelongsToItAlsoIfItIsRefused() {
        String refused = superseding("0-1-0", "a parcel is lost", ",\"key\":\"k\"");

        assertThat(bus.post("/facts", refused)).isProblem(409, "cannot-withdraw", "supersedes");
        assertThat(bus.post("/facts", refused)).isProblem(409, "cannot-withdraw", "supersedes");
        assertThat(bus.post("/facts", "{\"text\":\"a parcel is lost\",\"key\":\"k\"}"))
                .isProblem(409, "key-reused", "key");
    }

    @Test
    void keepsItsPlaceAmongTheFactsOfItsSubjectInABatch() {
        String old = bus.publish(fact("a parcel is late", "s"));

        Answer answer = bus.post(
                "/facts",
                array(Stream.of(
                        fact("first", "s"),
                        superseding(old, "second", ",\"subject\":\"s\""),
                        fact("third", "s"),
                        superseding(old, "fourth", ",\"subject\":\"s\""))));

        assertThat(answer).hasStatus(207);
        isProblem(answer.json().get(3), 409, "cannot-withdraw", "supersedes");
        assertThat(bus.get("/facts?subject=s").json().get("facts").valueStream())
                .extracting(found -> found.get("text").asString())
                .containsExactly("first", "second", "third");
    }

    @Test
    void aReplayTellsTheSame() {
        String old = bus.publish(fact("a parcel is late"));
        String fresh = bus.publish(superseding(old, "a parcel is lost", ""));

        bus.declare("past", subscription("a parcel is late", ",\"threshold\":0.9,\"from\":\"2020-01-01T00:00:00Z\""));

        assertThat(wakes("past", 2)).containsExactly("fact " + old, "retracted " + fresh);
        assertThat(wakes("late", 2)).containsExactly("fact " + old, "retracted " + fresh);
    }

    private List<String> wakes(String subscription, int expected) {
        return bus.takeAll(subscription, expected).stream()
                .map(wake ->
                        wake.get("kind").asString() + " " + wake.at("/fact/id").asString())
                .toList();
    }

    private static String superseding(String old, String text, String further) {
        return "{\"text\":\"" + text + "\",\"supersedes\":\"" + old + "\"" + further + "}";
    }
}
