package io.thoughtbus.server;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.redis.RedisInHand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Redis' clock was in the year 2286 for a moment and has come back: each shard holds a fact of that time. */
@BusTest
class ClockJumpTest {
    private static final int SHARDS = 4;
    private static final long AHEAD = 9_999_999_999_999L;
    private static final Duration SOON = Duration.ofSeconds(10);

    @LocalServerPort
    private int port;

    private HttpProbe bus;
    private String before;

    @BeforeEach
    void jump() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late"));
        before = publish("before");
        for (int shard = 0; shard < SHARDS; shard++) {
            JournalInHand.append(
                    bus.namespace(),
                    new FactId(shard, AHEAD, 5),
                    FactDraft.of("a parcel is late").about("ahead"));
        }
    }

    @Test
    void factsAreJournalledAfterThoseOfTheFutureAndSayWhenTheyWereAccepted() {
        Instant started = Instant.now().minusSeconds(1);

        for (String id : publishAfter(20)) {
            assertThat(FactId.parse(id)).isGreaterThan(new FactId(SHARDS, AHEAD, 5));
            Instant accepted = Instant.parse(
                    bus.get("/facts/" + id).json().get("acceptedAt").asString());
            assertThat(accepted).isBetween(started, Instant.now().plusSeconds(1));
        }
    }

    @Test
    void everyFactWakesOnceAndInOrder() {
        List<String> after = publishAfter(20);

        List<String> woken = bus.takeAll("late", 1 + SHARDS + 20).stream()
                .map(wake -> wake.at("/fact/id").asString())
                .toList();

        assertThat(woken).doesNotHaveDuplicates().hasSize(1 + SHARDS + 20).containsAll(after);
        assertThat(woken.stream().filter(id -> isOf(id, after.get(0))).toList())
                .isSortedAccordingTo((a, b) -> FactId.parse(a).compareTo(FactId.parse(b)));
    }

    @Test
    void aSubscriptionThatIsNewStartsBehindThem() {
        publishAfter(5);
        bus.declare("new", subscription("a parcel is late"));

        String next = publish("next");

        assertThat(bus.takeAll("new", 1))
                .singleElement()
                .satisfies(wake -> assertThat(wake.at("/fact/id").asString()).isEqualTo(next));
    }

    @Test
    void aFactOfAShortLifeEndsAndSoDoesItsWake() {
        String fact = bus.publish("{\"text\":\"a parcel is late\",\"subject\":\"brief\",\"ttl\":\"PT1S\"}");
        assertThat(bus.get("/facts/" + fact)).hasStatus(200);

        await().atMost(SOON).until(() -> bus.get("/facts/" + fact).status() == 404);
        List<JsonNode> wakes = bus.takeAll("late", 1 + SHARDS);

        assertThat(wakes).extracting(wake -> wake.at("/fact/id").asString()).doesNotContain(fact);
        assertThat(bus.get("/subscriptions/late/dead-letters")
                        .json()
                        .at("/deadLetters/0/cause")
                        .asString())
                .isEqualTo("expired");
    }

    @Test
    void aKeyIsKnownAsBefore() {
        String fact = "{\"text\":\"a parcel is late\",\"key\":\"k\",\"subject\":\"s\"}";

        assertThat(bus.publish(fact)).isEqualTo(bus.publish(fact));
    }

    @Test
    void liveMemoryIsListedInTheOrderOfTheJournal() {
        List<String> after = publishAfter(20);
        List<String> listed = new ArrayList<>();
        await().atMost(SOON).untilAsserted(() -> {
            listed.clear();
            String next = "";
            do {
                JsonNode page = bus.get("/facts?limit=7" + next).json();
                page.get("facts").forEach(fact -> listed.add(fact.get("id").asString()));
                next = page.get("next") == null
                        ? ""
                        : "&after=" + page.get("next").asString();
            } while (!next.isEmpty());
            assertThat(listed).hasSize(21);
        });

        assertThat(listed.get(0)).isEqualTo(before);
        assertThat(listed).containsAll(after);
        assertThat(listed.stream().map(FactId::parse).toList()).isSorted();
    }

    @Test
    void aReplayReadsAllThatTheJournalHolds() {
        publishAfter(20);

        JsonNode first = replay("{\"from\":\"0-0-0\"}");
        JsonNode again = replay("{\"from\":\"0-0-0\",\"to\":\"9999-01-01T00:00:00Z\"}");
        JsonNode past = replay("{\"from\":\"0-0-0\",\"to\":\"2100-01-01T00:00:00Z\"}");

        assertThat(first.get("scanned").asInt()).isEqualTo(1 + SHARDS + 20);
        assertThat(again.get("digest")).isEqualTo(first.get("digest"));
        assertThat(past.get("scanned").asInt()).isEqualTo(1);
    }

    @Test
    void theCursorGoesOn() {
        String last = publish("last");
        FactId id = FactId.parse(last);

        await().atMost(SOON)
                .until(() -> (id.milliseconds() + "-" + id.sequence())
                        .equals(RedisInHand.client()
                                .hget("tb:{" + bus.namespace() + "/" + id.shard() + "}:dispatch", "cursor")));
    }

    private JsonNode replay(String draft) {
        String id =
                bus.post("/subscriptions/late/replays", draft).json().get("id").asString();
        return await().atMost(SOON)
                .until(
                        () -> bus.get("/subscriptions/late/replays/" + id).json(),
                        replay -> replay.get("state").asString().equals("done"));
    }

    private String publish(String subject) {
        return bus.publish("{\"text\":\"a parcel is late\",\"subject\":\"" + subject + "\"}");
    }

    private List<String> publishAfter(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> publish("subject-" + i % 5))
                .toList();
    }

    private static boolean isOf(String id, String other) {
        return FactId.parse(id).shard() == FactId.parse(other).shard();
    }
}
