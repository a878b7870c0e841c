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
import io.thoughtbus.server.TwoMatters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BusTest
class AsItWasTest {
    private static final String ALL = "{\"mode\":\"as-it-was\",\"from\":\"0-0-0\"}";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    private int port;

    private HttpProbe bus;
    private Replaying compared;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
        compared = new Replaying(bus);
    }

    @Test
    void decidesEveryFactByTheVersionsThatWereInForce() {
        bus.declare("late", subscription("a parcel is late", ",\"threshold\":0.5"));
        publishLate(20);
        bus.declare(
                "late", subscription("a parcel is late", ",\"threshold\":0.5,\"filter\":\"attributes.weight > 3\""));
        publishLate(20);
        bus.declare("rain", subscription("it rains"));
        bus.takeAll("late", 20);
        bus.delete("/subscriptions/late");
        publishLate(20);
        bus.publish(fact("it rains"));
        bus.takeAll("rain", 1);
        compared.awaitDispatched();

        JsonNode replay = compared.replay(ALL);

        assertThat(replay.get("state").asString()).isEqualTo("done");
        assertThat(replay.get("scanned").asInt()).isEqualTo(61);
        assertThat(replay.get("differences").get("count").asInt()).isZero();
        assertThat(replay.get("erased").asInt() + replay.get("unverified").asInt())
                .isZero();
        Map<String, Integer> byVersion = new TreeMap<>();
        compared.lines(replay)
                .forEach(line -> byVersion.merge(
                        line.get("subscription").asString() + " " + line.at("/replayed/version"), 1, Integer::sum));
        assertThat(byVersion)
                .containsEntry("late 1", 20)
                .containsEntry("late 2", 4)
                .containsEntry("rain 1", 1);
        assertThat(replay.get("matched").asInt()).isEqualTo(25);
        assertThat(replay.get("lines").asInt()).isEqualTo(25);
    }

    @Test
    void decidesAnInterestInPartsByThePartThatWasReached() {
        bus.declare("both", TwoMatters.subscription(""));
        bus.publish(fact(TwoMatters.apple("today")));
        bus.publish(fact(TwoMatters.redBoat("today")));
        bus.publish(fact(TwoMatters.boat("today")));
        bus.takeAll("both", 2);
        bus.declare("both", subscription("something else"));
        compared.awaitDispatched();

        JsonNode replay = compared.replay(ALL);

        assertThat(replay.get("differences").get("count").asInt()).isZero();
        assertThat(replay.get("matched").asInt()).isEqualTo(2);
        assertThat(compared.lines(replay))
                .extracting(line -> line.at("/replayed/part").asInt())
                .containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void aLoadWithChangesIsReproducedTwiceToTheByte() {
        Random random = new Random(7);
        Set<String> there = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            declare(i, random);
            there.add("s" + i);
        }
        for (int round = 0; round < 12; round++) {
            publish(250, random);
            for (int i = 0; i < 4; i++) {
                int changed = random.nextInt(100);
                declare(changed, random);
                there.add("s" + changed);
            }
            String gone = "s" + random.nextInt(100);
            if (there.remove(gone)) {
                assertThat(bus.delete("/subscriptions/" + gone)).hasStatus(204);
            }
        }
        compared.awaitDispatched();

        JsonNode first = compared.replay(ALL);
        String lines = compared.bytes(first);
        Stored.redis().ftDropIndex("tb:{" + bus.namespace() + "}:interests:" + compared.model());
        JsonNode second = compared.replay(ALL);

        assertThat(first.get("scanned").asInt()).isEqualTo(3_000);
        assertThat(first.get("matched").asInt()).isGreaterThan(500);
        assertThat(first.get("differences")).isEqualTo(JSON.readTree("{\"count\":0,\"first\":[]}"));
        assertThat(second.get("differences").get("count").asInt()).isZero();
        assertThat(second.get("digest")).isEqualTo(first.get("digest"));
        assertThat(compared.bytes(second)).isEqualTo(lines).isEqualTo(compared.bytes(first));
        assertThat(lines.lines()).hasSize(first.get("lines").asInt());
    }

    @Test
    void tellsWhatWasRecordedOtherwise() {
        bus.declare("late", subscription("a parcel is late"));
        List<String> ids = publishLate(3);
        bus.takeAll("late", 3);
        compared.awaitDispatched();
        FactId last = FactId.parse(ids.get(2));
        String matches = "tb:{" + bus.namespace() + "/" + last.shard() + "}:matches";
        Stored.redis().xdel(matches, new StreamEntryID(last.milliseconds(), last.sequence()));

        JsonNode replay = compared.replay(ALL);

        assertThat(replay.at("/differences/count").asInt()).isEqualTo(1);
        JsonNode difference = replay.at("/differences/first/0");
        assertThat(difference.get("fact").asString()).isEqualTo(ids.get(2));
        assertThat(difference.get("subscription").asString()).isEqualTo("late");
        assertThat(difference.has("recorded")).isFalse();
        assertThat(difference.at("/replayed/version").asInt()).isEqualTo(1);
        assertThat(difference.at("/replayed/score").asDouble()).isGreaterThan(0.9);
    }

    @Test
    void countsFactsWhoseMatchesAreRecordedAndThatAreGone() {
        bus.declare("late", subscription("a parcel is late"));
        List<String> ids = publishLate(10);
        bus.takeAll("late", 10);
        compared.awaitDispatched();
        for (int i : List.of(0, 4, 9)) {
            FactId gone = FactId.parse(ids.get(i));
            String facts = "tb:{" + bus.namespace() + "/" + gone.shard() + "}:facts";
            Stored.redis().xdel(facts, new StreamEntryID(gone.milliseconds(), gone.sequence()));
        }

        JsonNode replay = compared.replay(ALL);

        assertThat(replay.get("erased").asInt()).isEqualTo(3);
        assertThat(replay.has("wholeFrom")).isFalse();
        assertThat(replay.get("scanned").asInt()).isEqualTo(7);
        assertThat(replay.at("/differences/count").asInt()).isZero();
    }

    @Test
    void whatTheGuardStoppedIsPartOfTheResult() {
        bus.declare("army", subscription("serves in the army", ",\"threshold\":0.3,\"guard\":true"));
        bus.publish(fact("he serves in the army"));
        bus.publish(fact("he does not serve in the army"));
        bus.takeAll("army", 1);
        compared.awaitDispatched();

        JsonNode replay = compared.replay(ALL);

        assertThat(replay.at("/differences/count").asInt()).isZero();
        assertThat(compared.lines(replay))
                .anySatisfy(line ->
                        assertThat(line.at("/replayed/stoppedBy").asString()).isEqualTo("negated"));
    }

    @Test
    void whatAGuardThatIsGoneSaidIsToldAsRecorded() {
        bus.declare("army", subscription("serves in the army", ",\"threshold\":0.3,\"guard\":true"));
        FactId id = FactId.parse(bus.publish(fact("he serves in the army")));
        bus.takeAll("army", 1);
        compared.awaitDispatched();
        String tag = "tb:{" + bus.namespace() + "/" + id.shard() + "}:";
        String recorded = Stored.redis()
                .xrange(tag + "matches", "-", "+")
                .get(0)
                .getFields()
                .get("m");
        Stored.redis().del(tag + "matches");
        Stored.redis()
                .xadd(
                        tag + "matches",
                        new StreamEntryID(id.milliseconds(), id.sequence()),
                        Map.of("m", String.valueOf(recorded).replace("]]", ",\"PAST\"]]")));

        JsonNode byTheSameGuard = compared.replay(ALL);
        Stored.redis()
                .xadd(tag + "history", StreamEntryID.NEW_ENTRY, Map.of("m", compared.model() + " other", "a", "0-0"));
        JsonNode byAnother = compared.replay(ALL);

        assertThat(byTheSameGuard.at("/differences/count").asInt()).isEqualTo(1);
        assertThat(byAnother.at("/differences/count").asInt()).isZero();
        assertThat(compared.lines(byAnother))
                .singleElement()
                .satisfies(line ->
                        assertThat(line.at("/replayed/stoppedBy").asString()).isEqualTo("past"));
    }

    @Test
    void looksOnlyAtWhatWasSelected() {
        bus.declare("late", subscription("a parcel is late", ",\"threshold\":0.3"));
        bus.declare("rain", subscription("it rains", ",\"threshold\":0.3"));
        List<String> ids = bus.publishAll(IntStream.range(0, 24)
                .mapToObj(i -> "{\"text\":\"" + (i % 2 == 0 ? "a parcel is late" : "it rains") + "\",\"subject\":\"s-"
                        + i % 3 + "\",\"publisher\":\"p-" + i % 4 + "\",\"attributes\":{\"n\":" + i + "}}")
                .toList());
        bus.takeAll("late", 12);
        compared.awaitDispatched();

        assertThat(facts(",\"subject\":\"s-1\"")).containsExactlyElementsOf(every(ids, i -> i % 3 == 1));
        assertThat(facts(",\"publisher\":\"p-2\"")).containsExactlyElementsOf(every(ids, i -> i % 4 == 2));
        assertThat(facts(",\"filter\":\"attributes.n < 7\"")).containsExactlyElementsOf(every(ids, i -> i < 7));
        assertThat(facts(",\"about\":{\"text\":\"it rains\",\"threshold\":0.9}"))
                .containsExactlyElementsOf(every(ids, i -> i % 2 == 1));
        assertThat(facts(",\"subscriptions\":[\"late\"]")).containsExactlyElementsOf(every(ids, i -> i % 2 == 0));
        FactId last = FactId.parse(ids.get(5));
        assertThat(facts(",\"to\":\"" + last + "\""))
                .containsExactlyElementsOf(
                        every(ids, i -> FactId.parse(ids.get(i)).compareTo(last) <= 0));
    }

    @Test
    void worksForASubscriptionThatIsDeleted() {
        bus.declare("late", subscription("a parcel is late"));
        List<String> ids = publishLate(5);
        bus.takeAll("late", 5);
        bus.delete("/subscriptions/late");
        compared.awaitDispatched();

        JsonNode replay = compared.replay("{\"mode\":\"as-it-was\",\"from\":\"0-0-0\",\"subscriptions\":[\"late\"]}");

        assertThat(replay.at("/differences/count").asInt()).isZero();
        assertThat(compared.lines(replay).stream().map(line -> line.get("fact").asString()))
                .containsExactlyElementsOf(ids);
    }

    private List<String> facts(String selection) {
        JsonNode replay = compared.replay("{\"mode\":\"as-it-was\",\"from\":\"0-0-0\"" + selection + "}");
        assertThat(replay.at("/differences/count").asInt()).isZero();
        return compared.lines(replay).stream()
                .map(line -> line.get("fact").asString())
                .toList();
    }

    private static List<String> every(List<String> ids, java.util.function.IntPredicate chosen) {
        return IntStream.range(0, ids.size())
                .filter(chosen)
                .mapToObj(ids::get)
                .sorted(java.util.Comparator.comparing(FactId::parse))
                .toList();
    }

    private void declare(int number, Random random) {
        List<String> texts = List.of("a parcel is late", "it rains today", "the van broke down", "a letter came");
        bus.declare(
                "s" + number,
                subscription(
                        texts.get(number % 4),
                        ",\"threshold\":" + (0.4 + random.nextInt(5) / 10.0) + ",\"guard\":" + random.nextBoolean()
                                + (random.nextBoolean()
                                        ? ",\"filter\":\"attributes.n % " + (2 + random.nextInt(4)) + " == 0\""
                                        : "")));
    }

    private void publish(int count, Random random) {
        List<String> subjects = List.of("a parcel", "it", "the van", "a letter", "nothing");
        List<String> verbs = List.of("is late", "rains today", "broke down", "came", "never came", "might rain");
        List<String> facts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            facts.add("{\"text\":\"" + subjects.get(random.nextInt(5)) + " " + verbs.get(random.nextInt(6))
                    + "\",\"attributes\":{\"n\":" + random.nextInt(60) + "}}");
        }
        bus.publishAll(facts);
    }

    private List<String> publishLate(int count) {
        return bus.publishAll(IntStream.range(0, count)
                .mapToObj(i -> fact("a parcel is late", "parcel-0")
                        .replace("}", ",\"attributes\":{\"weight\":" + i % 5 + "}}"))
                .toList());
    }

    /** Starts replays of a namespace and reads what they find. */
    static final class Replaying {
        private final HttpProbe bus;

        Replaying(HttpProbe bus) {
            this.bus = bus;
        }

        /** Waits until every fact of the namespace has been dispatched, and the cursors say so. */
        void awaitDispatched() {
            await().until(() -> IntStream.range(0, 4).allMatch(shard -> {
                String tag = "tb:{" + bus.namespace() + "/" + shard + "}:";
                if (!Stored.redis().exists(tag + "facts")) {
                    return true;
                }
                String last = Stored.redis()
                        .xinfoStream(tag + "facts")
                        .getLastGeneratedId()
                        .toString();
                return last.equals(Stored.redis().hget(tag + "dispatch", "cursor"));
            }));
        }

        /** A replay that has ended. */
        JsonNode replay(String draft) {
            return awaitEnd(start(draft));
        }

        String start(String draft) {
            var started = bus.post("/replays", draft);
            assertThat(started).hasStatus(202);
            String id = started.json().get("id").asString();
            assertThat(started.header("Location")).endsWith("/replays/" + id);
            return id;
        }

        JsonNode awaitEnd(String id) {
            await().until(() ->
                    !bus.get("/replays/" + id).json().get("state").asString().equals("running"));
            return bus.get("/replays/" + id).json();
        }

        String bytes(JsonNode replay) {
            var answer = bus.get("/replays/" + replay.get("id").asString() + "/matches");
            assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
            return answer.body();
        }

        List<JsonNode> lines(JsonNode replay) {
            return bytes(replay).lines().map(JSON::readTree).toList();
        }

        String model() {
            return Stored.keys("tb:{" + bus.namespace() + "}:interest:*")
                    .iterator()
                    .next()
                    .split(":", -1)[3];
        }
    }
}
