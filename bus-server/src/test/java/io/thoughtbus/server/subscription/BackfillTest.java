package io.thoughtbus.server.subscription;

import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class BackfillTest {
    private static final String LATE = "/subscriptions/late";

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
    }

    @RepeatedTest(3)
    void deliversEachPastMatchAndEachLaterOneOnceWhileFactsKeepComing() {
        Map<FactId, Boolean> matches = new ConcurrentSkipListMap<>();
        AtomicInteger number = new AtomicInteger();
        publish(number, 300, matches);
        AtomicBoolean stopped = new AtomicBoolean();
        List<CompletableFuture<Void>> publishers = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    while (!stopped.get()) {
                        publish(number, 5, matches);
                    }
                }))
                .toList();

        JsonNode declared = bus.declare("late", subscription("a parcel is late", ",\"from\":\"0-0-0\""));
        int already = number.get();
        await().until(() -> number.get() > already + 200);
        stopped.set(true);
        publishers.forEach(CompletableFuture::join);

        List<FactId> activation = declared.get("activation")
                .valueStream()
                .map(position -> FactId.parse(position.asString()))
                .toList();
        Map<FactId, Boolean> expected = new TreeMap<>();
        matches.forEach((id, isMatch) -> {
            if (isMatch) {
                expected.put(id, id.compareTo(activation.get(id.shard())) <= 0);
            }
        });
        Map<FactId, Boolean> woken = new TreeMap<>();
        List<JsonNode> wakes = bus.takeAll("late", expected.size());
        wakes.forEach(wake -> woken.put(
                FactId.parse(wake.at("/fact/id").asString()), wake.get("replay").asBoolean()));
        assertThat(wakes).hasSameSizeAs(woken.keySet());
        assertThat(woken).isEqualTo(expected);
        assertThat(expected).containsValues(true, false);
    }

    @Test
    void startsAtTheFactThatItIsToldToStartAt() {
        List<String> ids = bus.publishAll(IntStream.range(0, 50)
                .mapToObj(i -> "{\"text\":\"a parcel is late\",\"subject\":\"parcel-7\"}")
                .toList());

        bus.declare("late", subscription("a parcel is late", ",\"from\":\"" + ids.get(20) + "\""));

        assertThat(bus.takeAll("late", 30).stream()
                        .map(wake -> wake.at("/fact/id").asString()))
                .containsExactlyInAnyOrderElementsOf(ids.subList(20, 50));
    }

    @Test
    void startsAtTheTimeThatItIsToldToStartAt() {
        bus.publish("{\"text\":\"a parcel is late\"}");
        Instant middle = Instant.parse(
                        bus.get("/facts").json().at("/facts/0/acceptedAt").asString())
                .plusMillis(1);
        await().until(() -> Instant.now().isAfter(middle));
        String second = bus.publish("{\"text\":\"a parcel is late\"}");

        JsonNode declared = bus.declare("late", subscription("a parcel is late", ",\"from\":\"" + middle + "\""));

        assertThat(bus.takeAll("late", 1))
                .extracting(wake -> wake.at("/fact/id").asString())
                .containsExactly(second);
        String backfill = declared.get("backfill").asString();
        JsonNode replay = bus.get(LATE + "/replays/" + backfill).json();
        assertThat(replay.get("state").asString()).isEqualTo("done");
        assertThat(replay.get("deliver").asBoolean()).isTrue();
        assertThat(replay.get("matched").asInt()).isEqualTo(1);
    }

    @Test
    void deliversThePastOfANewSubscriptionAloneWhenOneOfItsNameWasDeletedMeanwhile() {
        bus.publishAll(IntStream.range(0, 3000)
                .mapToObj(i -> "{\"text\":\"a parcel is " + (i % 2 == 0 ? "late" : "lost") + "\"}")
                .toList());

        for (int i = 0; i < 5; i++) {
            bus.declare("late", subscription("a parcel is late", ",\"from\":\"0-0-0\",\"threshold\":0.99"));
            bus.delete(LATE);
        }
        bus.declare("late", subscription("a parcel is lost", ",\"from\":\"0-0-0\",\"threshold\":0.99"));

        List<JsonNode> wakes = bus.takeAll("late", 1500);
        assertThat(wakes).hasSize(1500);
        assertThat(wakes).extracting(wake -> wake.at("/fact/text").asString()).containsOnly("a parcel is lost");
    }

    private void publish(AtomicInteger number, int count, Map<FactId, Boolean> matches) {
        int from = number.getAndAdd(count);
        List<String> ids = bus.publishAll(IntStream.range(from, from + count)
                .mapToObj(n -> "{\"text\":\"a parcel is " + (n % 3 == 0 ? "late" : "in the quiet mountains") + "\","
                        + "\"subject\":\"parcel-" + n % 50 + "\"}")
                .toList());
        IntStream.range(0, count).forEach(i -> matches.put(FactId.parse(ids.get(i)), (from + i) % 3 == 0));
    }
}
