package io.thoughtbus.server.replay;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XTrimParams;
import tools.jackson.databind.JsonNode;

@BusTest
class DeliveredReplayTest {
    private static final String REPLAYS = "/subscriptions/late/replays";

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late", ",\"threshold\":0.5"));
    }

    @Test
    void everyWakeNamesTheRunThatDeliversIt() {
        publish(5);
        assertThat(bus.takeAll("late", 5)).noneMatch(wake -> wake.has("run"));

        String id = start(",\"deliver\":true");

        assertThat(bus.takeAll("late", 5))
                .hasSize(5)
                .allMatch(wake -> wake.get("run").asString().equals(id));
    }

    @Test
    void deliversNoFasterThanItIsAskedTo() {
        publish(40);
        bus.takeAll("late", 40);
        long started = System.nanoTime();

        String id = start(",\"deliver\":true,\"rate\":40");
        await().until(() -> show(id).get("matched").asInt() >= 12);
        JsonNode underWay = show(id);
        await().until(() -> !show(id).get("state").asString().equals("running"));

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(800));
        assertThat(underWay.get("state").asString()).isEqualTo("running");
        assertThat(underWay.get("rate").asDouble()).isEqualTo(40);
        assertThat(show(id).get("matched").asInt()).isEqualTo(40);
        assertThat(bus.takeAll("late", 40)).hasSize(40);
    }

    @Test
    void aSlowReplayHoldsUpNoOther() {
        publish(20);
        bus.takeAll("late", 20);
        IntStream.range(0, 4).forEach(i -> start(",\"deliver\":true,\"rate\":0.01"));

        String quick = start("");

        await().until(() -> show(quick).get("state").asString().equals("done"));
        bus.get(REPLAYS)
                .json()
                .forEach(each -> bus.delete(REPLAYS + "/" + each.get("id").asString()));
    }

    @Test
    void canBePausedAndGoesOnWhereItStood() {
        publish(30);
        List<String> ids = bus.takeAll("late", 30).stream()
                .map(wake -> wake.at("/fact/id").asString())
                .sorted(java.util.Comparator.comparing(FactId::parse))
                .toList();

        String id = start(",\"deliver\":true,\"rate\":20");
        await().until(() -> show(id).get("matched").asInt() > 3);
        assertThat(bus.post(REPLAYS + "/" + id + ":pause", "")
                        .json()
                        .get("state")
                        .asString())
                .isEqualTo("paused");
        int matched = show(id).get("matched").asInt();
        List<JsonNode> before = bus.takeAll("late", matched);
        assertThat(show(id).get("matched").asInt()).isEqualTo(matched).isLessThan(30);
        assertThat(show(id).has("estimatedEnd")).isFalse();
        assertThat(bus.post(REPLAYS + "/" + id + ":resume", "")
                        .json()
                        .get("state")
                        .asString())
                .isEqualTo("running");
        List<JsonNode> after = bus.takeAll("late", 30 - matched);

        assertThat(before).hasSize(matched);
        assertThat(IntStream.range(0, 30)
                        .mapToObj(i -> i < matched ? before.get(i) : after.get(i - matched))
                        .map(wake -> wake.at("/fact/id").asString()))
                .containsExactlyElementsOf(ids);
        assertThat(bus.post(REPLAYS + "/" + id + ":resume", "")
                        .json()
                        .get("state")
                        .asString())
                .isEqualTo("done");
    }

    @Test
    void aPausedReplayCanBeCancelled() {
        publish(10);
        String id = start(",\"deliver\":true,\"rate\":0.1");
        bus.post(REPLAYS + "/" + id + ":pause", "");

        assertThat(bus.delete(REPLAYS + "/" + id).json().get("state").asString())
                .isEqualTo("cancelled");
    }

    @Test
    void oneThatIsPausedForAWeekIsCancelled() {
        publish(10);
        String id = start(",\"deliver\":true,\"rate\":2");
        bus.post(REPLAYS + "/" + id + ":pause", "");
        long then = Instant.now().minus(Duration.ofDays(7).plusMinutes(1)).toEpochMilli();

        Stored.redis().hset("tb:{" + bus.namespace() + "/late}:replay:" + id, "paused", Long.toString(then));

        await().until(() -> show(id).get("state").asString().equals("cancelled"));
        assertThat(show(id).get("failure").asString()).contains("paused");
    }

    @Test
    void tellsWhenItIsLikelyToEnd() {
        IntStream.range(0, 30).forEach(i -> publish(1));
        bus.takeAll("late", 30);

        String id = start(",\"deliver\":true,\"rate\":20");
        await().until(() -> show(id).has("estimatedEnd")
                || !show(id).get("state").asString().equals("running"));

        JsonNode underWay = show(id);
        assertThat(underWay.get("progress").asDouble()).isBetween(0.001, 0.999);
        assertThat(Instant.parse(underWay.get("estimatedEnd").asString()))
                .isBetween(Instant.now().minusSeconds(5), Instant.now().plusSeconds(60));
        bus.delete(REPLAYS + "/" + id);
    }

    @Test
    void looksOnlyAtFactsOfThePublisherTheConditionAndTheMeaningAskedFor() {
        List<String> ids = bus.publishAll(IntStream.range(0, 12)
                .mapToObj(i -> "{\"text\":\"a parcel is " + (i < 6 ? "late" : "late again and again")
                        + "\",\"publisher\":\"p-" + i % 2 + "\",\"subject\":\"s\",\"attributes\":{\"n\":" + i + "}}")
                .toList());

        assertThat(found(",\"publisher\":\"p-1\"")).containsExactlyElementsOf(every(ids, 1, 3, 5, 7, 9, 11));
        assertThat(found(",\"filter\":\"attributes.n > 8\"")).containsExactlyElementsOf(every(ids, 9, 10, 11));
        assertThat(found(",\"about\":{\"text\":\"a parcel is late\",\"threshold\":0.99}"))
                .containsExactlyElementsOf(every(ids, 0, 1, 2, 3, 4, 5));
    }

    @Test
    void saysFromWhereOnTheJournalIsWhole() {
        List<FactId> ids = publish(6).stream().map(FactId::parse).toList();
        FactId last = ids.get(3);
        assertThat(show(start("")).has("wholeFrom")).isFalse();
        String tag = "tb:{" + bus.namespace() + "/" + last.shard() + "}:";
        StreamEntryID first =
                new StreamEntryID(ids.get(4).milliseconds(), ids.get(4).sequence());
        Stored.redis().xtrim(tag + "facts", XTrimParams.xTrimParams().minId(first.toString()));

        JsonNode trimmed = show(start(""));
        JsonNode whole = show(bus.post(REPLAYS, "{\"from\":\"" + ids.get(4) + "\"}")
                .json()
                .get("id")
                .asString());

        assertThat(trimmed.get("wholeFrom").asString()).isEqualTo(ids.get(4).toString());
        assertThat(whole.has("wholeFrom")).isFalse();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThat(bus.post(REPLAYS, "{\"from\":\"2999-01-01T00:00:00Z\"}")).isProblem(400, "invalid-field", "from");
        assertThat(bus.post(REPLAYS, "{\"from\":\"0-0-0\",\"rate\":5}")).isProblem(400, "invalid-field", "rate");
        assertThat(bus.post(REPLAYS, "{\"from\":\"0-0-0\",\"deliver\":true,\"rate\":0}"))
                .isProblem(400, "invalid-field", "rate");
        assertThat(bus.post(REPLAYS, "{\"from\":\"0-0-0\",\"filter\":\"1 +\"}"))
                .isProblem(400, "invalid-field", "filter");
        assertThat(bus.post(REPLAYS + "/nowhere:pause", "")).isProblem(404, "replay-not-found");
    }

    private List<String> found(String selection) {
        String id = start(selection);
        await().until(() -> show(id).get("state").asString().equals("done"));
        return bus.get(REPLAYS + "/" + id)
                .json()
                .get("matches")
                .valueStream()
                .map(match -> match.get("fact").asString())
                .toList();
    }

    private static List<String> every(List<String> ids, int... numbers) {
        return IntStream.of(numbers).mapToObj(ids::get).toList();
    }

    private List<String> publish(int count) {
        return bus.publishAll(IntStream.range(0, count)
                .mapToObj(i -> fact("a parcel is late", "parcel-0"))
                .toList());
    }

    private String start(String more) {
        return bus.post(REPLAYS, "{\"from\":\"0-0-0\"" + more + "}")
                .json()
                .get("id")
                .asString();
    }

    private JsonNode show(String id) {
        return bus.get(REPLAYS + "/" + id).json();
    }
}
