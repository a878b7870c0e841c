package io.thoughtbus.server.replay;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class ReplayTest {
    private static final String REPLAYS = "/subscriptions/late/replays";
    private static final String ALL = "{\"from\":\"0-0-0\"}";

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare(
                "late", subscription("a parcel is late", ",\"threshold\":0.5,\"filter\":\"attributes.weight > 2\""));
    }

    @Test
    void aDryRunFindsWhatHasWokenInTheOrderOfTheJournal() {
        publishMixed(700, 1);
        List<JsonNode> wakes = bus.takeAll("late", 100);

        JsonNode replay = replay(ALL);
        List<JsonNode> matches = matches(replay);

        assertThat(replay.get("state").asString()).isEqualTo("done");
        assertThat(replay.get("scanned").asInt()).isEqualTo(700);
        assertThat(replay.get("progress").asDouble()).isEqualTo(1);
        assertThat(replay.get("matched").asInt()).isEqualTo(wakes.size()).isGreaterThan(50);
        assertThat(matches.stream().map(match -> match.get("fact").asString() + " " + match.get("score")))
                .containsExactlyInAnyOrderElementsOf(wakes.stream()
                        .map(wake -> wake.at("/fact/id").asString() + " " + wake.get("score"))
                        .toList());
        assertThat(matches.stream()
                        .map(match -> FactId.parse(match.get("fact").asString()))
                        .toList())
                .isSorted();
        assertThat(bus.takeAll("late", 0)).isEmpty();
    }

    @Test
    void theSameReplayAgainHasTheSameDigest() {
        publishMixed(600, 2);

        JsonNode first = replay("{\"from\":\"0-0-0\",\"to\":\"2999-01-01T00:00:00Z\"}");
        JsonNode second = replay(ALL);
        bus.publish(late(5));
        JsonNode third = replay(ALL);

        assertThat(first.get("digest").asString()).matches("[0-9a-f]{64}");
        assertThat(second.get("digest")).isEqualTo(first.get("digest"));
        assertThat(matches(second)).isEqualTo(matches(first));
        assertThat(third.get("digest")).isNotEqualTo(first.get("digest"));
    }

    @Test
    void readsFromOnePositionToAnotherBothIncluded() {
        List<String> ids = publishLate(20);

        assertThat(facts(replay(range(ids.get(3), ids.get(11))))).containsExactlyElementsOf(ids.subList(3, 12));
        assertThat(facts(replay(range(ids.get(7), ids.get(7))))).containsExactly(ids.get(7));
        assertThat(facts(replay("{\"from\":\"" + ids.get(18) + "\"}"))).containsExactlyElementsOf(ids.subList(18, 20));
    }

    @Test
    void readsFromOneTimeToAnother() {
        List<Instant> times = new ArrayList<>();
        List<String> ids = IntStream.range(0, 3).mapToObj(i -> publishAt(times)).toList();

        assertThat(facts(replay(range(times.get(1), times.get(2))))).containsExactly(ids.get(1), ids.get(2));
        assertThat(facts(replay(range(times.get(0), times.get(1).minusMillis(1)))))
                .containsExactly(ids.get(0));
        assertThat(facts(replay(range(times.get(2).plusMillis(1), times.get(2).plusSeconds(9)))))
                .isEmpty();
        assertThat(facts(replay(range(Instant.EPOCH, times.get(0))))).containsExactly(ids.get(0));
    }

    @Test
    void readsOnlyFactsAboutTheSubjectAskedFor() {
        List<String> ids = bus.publishAll(IntStream.range(0, 40)
                .mapToObj(i -> late(5).replace("parcel-0", "parcel-" + i % 4))
                .toList());

        List<String> about = facts(replay("{\"from\":\"0-0-0\",\"subject\":\"parcel-2\"}"));

        assertThat(about)
                .containsExactlyElementsOf(IntStream.range(0, 40)
                        .filter(i -> i % 4 == 2)
                        .mapToObj(ids::get)
                        .toList());
    }

    @Test
    void deliversThePastAgainAndSaysSo() {
        List<String> ids = publishLate(30);
        List<JsonNode> before = bus.takeAll("late", 30);
        assertThat(before).noneMatch(wake -> wake.get("replay").asBoolean());

        JsonNode replay = replay("{\"from\":\"0-0-0\",\"deliver\":true}");
        List<JsonNode> again = bus.takeAll("late", 30);

        assertThat(replay.get("matched").asInt()).isEqualTo(30);
        assertThat(again.stream().map(wake -> wake.at("/fact/id").asString())).containsExactlyElementsOf(ids);
        assertThat(again).allMatch(wake -> wake.get("replay").asBoolean());
        assertThat(again).allMatch(wake -> wake.get("attempt").asInt() == 1);
        assertThat(again.stream().map(wake -> wake.get("id")))
                .doesNotContainAnyElementsOf(
                        before.stream().map(wake -> wake.get("id")).toList());
    }

    @Test
    void isDecidedByTheVersionInForceWhenItStarts() {
        publishLate(3);
        bus.declare("late", subscription("a parcel is late", ",\"filter\":\"attributes.weight > 100\""));
        String heavy = bus.publish(late(200));

        JsonNode replay = replay(ALL);

        assertThat(replay.get("version").asInt()).isEqualTo(2);
        assertThat(facts(replay)).containsExactly(heavy);
    }

    @Test
    void endsWithWhatWasThereWhenItStarted() {
        publishLate(500);

        String id = start("{\"from\":\"0-0-0\",\"deliver\":true}");
        publishLate(200);
        JsonNode ended = awaitEnd(id);

        assertThat(ended.get("scanned").asInt()).isEqualTo(500);
        assertThat(bus.takeAll("late", 1200).stream()
                        .filter(wake -> wake.get("replay").asBoolean()))
                .hasSize(500);
    }

    @Test
    void canBeCancelled() {
        bus.publishAll(IntStream.range(0, 4000).mapToObj(i -> late(5)).toList());

        String id = start("{\"from\":\"0-0-0\",\"deliver\":true}");
        Answer cancelled = bus.delete(REPLAYS + "/" + id);

        assertThat(cancelled).hasStatus(200);
        String state = cancelled.json().get("state").asString();
        assertThat(state).isIn("cancelled", "done");
        int scanned = bus.get(REPLAYS + "/" + id).json().get("scanned").asInt();
        assertThat(state.equals("cancelled")).isEqualTo(scanned < 4000);
        assertThat(bus.takeAll("late", 4000 + scanned).stream()
                        .filter(wake -> wake.get("replay").asBoolean()))
                .hasSize(scanned);
        assertThat(bus.delete(REPLAYS + "/" + id).json().get("state").asString())
                .isEqualTo(state);
    }

    @Test
    void isRememberedWithItsMatchesPageByPage() {
        List<String> ids = publishLate(35);
        JsonNode replay = replay(ALL);

        JsonNode page = bus.get(REPLAYS + "/" + replay.get("id").asString() + "?limit=10&after=30")
                .json();

        assertThat(facts(replay)).containsExactlyElementsOf(ids);
        assertThat(page.get("matches")).hasSize(5);
        assertThat(page.has("next")).isFalse();
        assertThat(bus.get(REPLAYS).json().valueStream().map(each -> each.get("id")))
                .containsExactly(replay.get("id"));
    }

    private String publishAt(List<Instant> times) {
        Instant last = times.isEmpty() ? Instant.EPOCH : times.get(times.size() - 1);
        await().until(() -> Instant.now().isAfter(last.plusMillis(3)));
        String id = bus.publish(late(5));
        times.add(FactId.parse(id).acceptedAt());
        return id;
    }

    private void publishMixed(int count, long seed) {
        Random random = new Random(seed);
        List<String> texts = List.of("a parcel is late", "a parcel is here", "rain is late", "nothing of the kind");
        bus.publishAll(Stream.generate(() -> fact(texts.get(random.nextInt(4)), "parcel-" + random.nextInt(9))
                        .replace("}", ",\"attributes\":{\"weight\":" + random.nextInt(6) + "}}"))
                .limit(count)
                .toList());
    }

    private List<String> publishLate(int count) {
        return bus.publishAll(IntStream.range(0, count).mapToObj(i -> late(5)).toList());
    }

    private static String late(int weight) {
        return fact("a parcel is late", "parcel-0").replace("}", ",\"attributes\":{\"weight\":" + weight + "}}");
    }

    private static String range(Object from, Object to) {
        return "{\"from\":\"" + from + "\",\"to\":\"" + to + "\"}";
    }

    private JsonNode replay(String draft) {
        return awaitEnd(start(draft));
    }

    private String start(String draft) {
        Answer started = bus.post(REPLAYS, draft);
        assertThat(started).hasStatus(202);
        String id = started.json().get("id").asString();
        assertThat(started.header("Location")).endsWith(REPLAYS + "/" + id);
        return id;
    }

    private JsonNode awaitEnd(String id) {
        await().until(() ->
                !bus.get(REPLAYS + "/" + id).json().get("state").asString().equals("running"));
        return bus.get(REPLAYS + "/" + id).json();
    }

    private List<String> facts(JsonNode replay) {
        return matches(replay).stream()
                .map(match -> match.get("fact").asString())
                .toList();
    }

    private List<JsonNode> matches(JsonNode replay) {
        List<JsonNode> all = new ArrayList<>();
        String after = "0";
        do {
            JsonNode page = bus.get(REPLAYS + "/" + replay.get("id").asString() + "?limit=10&after=" + after)
                    .json();
            page.get("matches").forEach(all::add);
            after = page.has("next") ? page.get("next").asString() : "";
        } while (!after.isEmpty());
        return all;
    }
}
