package io.thoughtbus.server.erasure;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class ErasureTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late"));
    }

    @Test
    void whatIsSoonDoneIsDoneWhenItIsAnswered() {
        String id = bus.publish("{\"text\":\"Ada lives in Rome\",\"subject\":\"ada\"}");

        Answer answer = bus.post("/facts:erase", "{\"subject\":\"ada\",\"reason\":\"asked for\"}");

        assertThat(answer).hasStatus(201);
        assertThat(answer.json().get("state").asString()).isEqualTo("done");
        assertThat(bus.get("/facts/" + id)).hasStatus(404);
    }

    @Test
    void takesTheFactsOfASubjectOutOfEverythingAndLeavesThoseOfOthers() {
        List<String> mine = bus.publishAll(IntStream.range(0, 30)
                .mapToObj(i -> fact("a parcel is late", "user-1"))
                .toList());
        String other = bus.publish(fact("a parcel is late", "user-2"));

        JsonNode erasure = erase("{\"subject\":\"user-1\",\"reason\":\"asked for\"}");

        assertThat(erasure.get("facts").asInt()).isEqualTo(30);
        assertThat(bus.get("/facts?subject=user-1").json().get("facts")).isEmpty();
        assertThat(bus.get("/facts/" + mine.get(3))).isProblem(404, "fact-not-found");
        assertThat(bus.post("/facts:search", "{\"text\":\"a parcel is late\"}")
                        .json()
                        .get("facts"))
                .hasSize(1);
        assertThat(bus.post("/explain", "{\"fact\":\"" + mine.get(0) + "\"}")).isProblem(404, "fact-not-found");
        assertThat(bus.takeAll("late", 1))
                .extracting(wake -> wake.at("/fact/id").asString())
                .containsExactly(other);
        assertThat(bus.get("/journal").json().get("shards").valueStream())
                .allMatch(shard -> shard.get("trimmed").asInt() == 0);
    }

    @Test
    void leavesARecordThatNamesTheFactsByTheirIdsAlone() {
        List<String> ids = bus.publishAll(List.of(fact("a parcel is late", "user-1"), fact("it rains", "user-1")));
        Instant before = Instant.now().minusSeconds(1);

        JsonNode erasure = erase("{\"subject\":\"user-1\",\"reason\":\"asked for\"}");

        JsonNode record = bus.get("/erasures/" + erasure.get("id").asString()).json();
        assertThat(record.get("erased").valueStream().map(JsonNode::asString)).containsExactlyElementsOf(ids);
        assertThat(record.get("subject").asString()).isEqualTo("user-1");
        assertThat(record.get("reason").asString()).isEqualTo("asked for");
        assertThat(record.get("state").asString()).isEqualTo("done");
        assertThat(Instant.parse(record.get("at").asString()))
                .isBetween(before, Instant.now().plusSeconds(1));
        assertThat(record.has("missing")).isFalse();
        assertThat(record.toString()).doesNotContain("parcel").doesNotContain("rains");
        assertThat(bus.get("/erasures").json().at("/erasures/0/id")).isEqualTo(erasure.get("id"));
        assertThat(bus.get("/erasures/none")).isProblem(404, "erasure-not-found");
    }

    @Test
    void erasesTheFactsThatAreNamedAndSaysWhichItDidNotHold() {
        String erased = bus.publish(fact("a parcel is late", "user-1"));
        String kept = bus.publish(fact("a parcel is late", "user-1"));

        JsonNode erasure = erase("{\"facts\":[\"" + erased + "\",\"0-1-0\"],\"reason\":\"wrong\"}");

        assertThat(erasure.get("facts").asInt()).isEqualTo(1);
        assertThat(erasure.get("missing").valueStream().map(JsonNode::asString)).containsExactly("0-1-0");
        assertThat(erasure.has("subject")).isFalse();
        assertThat(bus.get("/facts/" + erased)).hasStatus(404);
        assertThat(bus.get("/facts/" + kept)).hasStatus(200);
    }

    @Test
    void noKeyOfTheNamespaceHoldsTheTextAnyMore() {
        String text = "Mrs Abernathy of Elm Road is late";
        bus.declare("names", subscription("Mrs Abernathy is late", ",\"threshold\":0.3"));
        String first = bus.publish("{\"text\":\"" + text + "\",\"subject\":\"u\",\"key\":\"k\",\"publisher\":\"p\"}");
        String retracted = bus.publish(fact(text + " twice", "u"));
        bus.post("/facts/" + retracted + ":retract", "{\"reason\":\"Abernathy asked\"}");
        List<JsonNode> wakes = bus.take("names", 3, SOON);
        bus.post(
                "/subscriptions/names/verdicts",
                "[{\"wake\":" + wakes.get(0).get("id") + ",\"verdict\":\"never\",\"reason\":\"Abernathy again\"}]");
        assertThat(keysHolding("Elm Road", "Abernathy a")).isNotEmpty();

        erase("{\"subject\":\"u\",\"reason\":\"asked for\"}");

        assertThat(keysHolding("Elm Road", "Abernathy a")).isEmpty();
        assertThat(bus.get("/subscriptions/names/dead-letters").body()).doesNotContain("Elm", "Abernathy");
        assertThat(bus.post("/facts", "{\"text\":\"" + text + "\",\"subject\":\"u\",\"key\":\"k\",\"publisher\":\"p\"}")
                        .json()
                        .get("id")
                        .asString())
                .isEqualTo(first);
        assertThat(keysHolding("Elm Road")).isEmpty();
    }

    @Test
    void wakesThatWereOwedAreDeadLettersThatSayWhy() {
        bus.publish(fact("a parcel is late", "user-1"));
        bus.publish(fact("a parcel is late", "user-1"));
        JsonNode inHand = bus.take("late", 1, SOON).get(0);

        erase("{\"subject\":\"user-1\",\"reason\":\"asked for\"}");

        assertThat(bus.take("late", 2, Duration.ZERO)).isEmpty();
        assertThat(bus.post(
                        "/subscriptions/late/verdicts", "[{\"wake\":" + inHand.get("id") + ",\"verdict\":\"done\"}]"))
                .isProblem(409, "wake-not-held", "[0].wake");
        List<JsonNode> letters = bus.get("/subscriptions/late/dead-letters")
                .json()
                .get("deadLetters")
                .valueStream()
                .toList();
        assertThat(letters)
                .hasSize(2)
                .allMatch(letter -> letter.get("cause").asString().equals("erased"))
                .allMatch(letter -> letter.get("explanation").asString().equals("its fact was erased"))
                .noneMatch(letter -> letter.has("fact"));
    }

    @Test
    void aDeadLetterAboutTheFactKeepsNothingOfIt() {
        String id = bus.publish(fact("a parcel is late", "user-1"));
        bus.settle("late", "never", bus.take("late", 1, SOON));
        assertThat(bus.get("/subscriptions/late/dead-letters").body()).contains("parcel is late");

        erase("{\"facts\":[\"" + id + "\"],\"reason\":\"asked for\"}");

        assertThat(bus.get("/subscriptions/late/dead-letters").body()).doesNotContain("parcel is late");
    }

    @Test
    void aWakeThatAReplayOwesEndsAsErased() {
        String id = bus.publish(fact("a parcel is late", "user-1"));
        bus.declare("past", subscription("a parcel is late", ",\"from\":\"2020-01-01T00:00:00Z\""));
        String replay = "/subscriptions/past/replays";
        await().until(() -> bus.get(replay).json().at("/0/state").asString().equals("done"));

        erase("{\"facts\":[\"" + id + "\"],\"reason\":\"asked for\"}");

        assertThat(bus.take("past", 1, Duration.ZERO)).isEmpty();
        assertThat(bus.get("/subscriptions/past/dead-letters").body())
                .contains("\"cause\":\"erased\"")
                .doesNotContain("parcel is late");
    }

    @Test
    void replaysPassOverTheFactsAndSayHowMany() {
        List<String> ids = bus.publishAll(IntStream.range(0, 5)
                .mapToObj(i -> fact("a parcel is late", "user-" + i % 2))
                .toList());
        erase("{\"subject\":\"user-0\",\"reason\":\"asked for\"}");

        String id = bus.post("/subscriptions/late/replays", "{\"from\":\"0-0-0\"}")
                .json()
                .get("id")
                .asString();
        String replay = "/subscriptions/late/replays/" + id;
        await().until(() -> bus.get(replay).json().get("state").asString().equals("done"));

        JsonNode done = bus.get(replay).json();
        assertThat(done.get("matches")
                        .valueStream()
                        .map(match -> match.get("fact").asString()))
                .containsExactly(ids.get(1), ids.get(3));
        assertThat(done.get("erased").asInt()).isEqualTo(3);
    }

    @Test
    void aFactThatIsPublishedAfterwardsIsANewOne() {
        bus.publish(fact("a parcel is late", "user-1"));
        erase("{\"subject\":\"user-1\",\"reason\":\"asked for\"}");

        String id = bus.publish(fact("a parcel is late", "user-1"));

        assertThat(bus.get("/facts?subject=user-1").json().at("/facts/0/id").asString())
                .isEqualTo(id);
        assertThat(bus.takeAll("late", 1)).hasSize(1);
        assertThat(erase("{\"subject\":\"user-2\",\"reason\":\"asked for\"}")
                        .get("facts")
                        .asInt())
                .isZero();
    }

    @Test
    void refusesWhatDoesNotSayWhatOrWhy() {
        assertThat(bus.post("/facts:erase", "{\"reason\":\"r\"}")).isProblem(400, "invalid-field", "facts");
        assertThat(bus.post("/facts:erase", "{\"reason\":\"r\",\"subject\":\"s\",\"facts\":[\"0-1-0\"]}"))
                .isProblem(400, "invalid-field", "facts");
        assertThat(bus.post("/facts:erase", "{\"subject\":\"s\"}")).isProblem(400, "invalid-field", "reason");
        assertThat(bus.post("/facts:erase", "{\"subject\":\"s s\",\"reason\":\"r\"}"))
                .isProblem(400, "invalid-field", "subject");
        assertThat(HttpProbe.at(port).post("/facts:erase", "{\"subject\":\"s\",\"reason\":\"r\"}"))
                .isProblem(404, "fact-not-found");
    }

    @Test
    void refusesMoreThanAThousandAtATime() {
        Map<String, String> others =
                IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> bus.namespace() + "/" + i, i -> "{}"));
        ErasureInHand.keepLoopsAway(true);
        try {
            Stored.redis().hset("tb:{registry}:erasures", others);

            assertThat(bus.post("/facts:erase", "{\"subject\":\"s\",\"reason\":\"r\"}"))
                    .isProblem(429, "too-many-erasures");
        } finally {
            Stored.redis().hdel("tb:{registry}:erasures", others.keySet().toArray(String[]::new));
            ErasureInHand.keepLoopsAway(false);
        }
    }

    private JsonNode erase(String json) {
        Answer answer = bus.post("/facts:erase", json);
        assertThat(answer.status()).as(answer.toString()).isIn(201, 202);
        String path = "/erasures/" + answer.json().get("id").asString();
        await().until(() -> bus.get(path).json().get("state").asString().equals("done"));
        return bus.get(path).json();
    }

    private List<String> keysHolding(String... words) {
        Set<String> keys = Stored.of(bus.namespace());
        return keys.stream()
                .filter(key -> !key.contains(" ") && !key.contains(":interest:") && !key.contains("subscription:"))
                .filter(key ->
                        List.of(words).stream().anyMatch(word -> dump(key).contains(word)))
                .toList();
    }

    /** The key's bytes as Redis writes them to its file, text being stored as it is. */
    private static String dump(String key) {
        byte[] dump = Stored.redis().dump(key);
        return dump == null ? "" : new String(dump, StandardCharsets.ISO_8859_1);
    }
}
