package io.thoughtbus.server.retention;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.journal.Shards;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.JsonNode;

@BusTest
class RetentionTest {
    @LocalServerPort
    private int port;

    @Autowired
    private List<FactNeed> needs;

    @Autowired
    private Shards shards;

    private HttpProbe bus;

    @BeforeEach
    void connect() {
        bus = HttpProbe.at(port);
    }

    @Test
    void whatNobodyIsOwedIsNotNeededOnceItIsDispatched() {
        List<FactId> facts = publish(40);

        await().untilAsserted(() -> {
            Map<Integer, StreamEntryID> oldest = oldest();
            assertThat(lastOfEachShard(facts))
                    .allSatisfy((shard, last) -> assertThat(oldest.get(shard))
                            .isEqualTo(new StreamEntryID(last.milliseconds(), last.sequence())));
        });
    }

    @Test
    void theFactOfAnOwedWakeIsNeededUntilItIsDone() {
        bus.declare("late", subscription("a parcel is late"));
        FactId owed = FactId.parse(bus.publish("{\"text\":\"a parcel is late\"}"));
        publish(40);
        StreamEntryID position = new StreamEntryID(owed.milliseconds(), owed.sequence());
        List<JsonNode> wakes = bus.take("late", 1, Duration.ofSeconds(10));

        await().untilAsserted(() -> assertThat(oldest()).containsEntry(owed.shard(), position));

        bus.settle("late", "done", wakes);
        await().untilAsserted(() -> assertThat(oldest().get(owed.shard())).isGreaterThan(position));
    }

    @Test
    void whatOwesWakesIsAskedBeforeTheInboxesThatReceiveThem() {
        assertThat(needs)
                .extracting(need -> need.getClass().getSimpleName())
                .containsSubsequence("UnreadFacts", "OwedFacts")
                .contains("LedgerNeed");
    }

    @Test
    void theJournalTellsWhatItHolds() {
        assertThat(bus.get("/journal").json().get("shards")).hasSize(shards.count());
        assertThat(bus.get("/journal").json().at("/shards/0/facts").asLong()).isZero();
        List<FactId> facts = publish(40);

        JsonNode told = bus.get("/journal").json().get("shards");

        assertThat(told.valueStream()
                        .mapToLong(shard -> shard.get("facts").asLong())
                        .sum())
                .isEqualTo(40);
        lastOfEachShard(facts).forEach((shard, last) -> {
            assertThat(told.get(shard).get("last").asString()).isEqualTo(last.toString());
            assertThat(told.get(shard).get("trimmed").asLong()).isZero();
            assertThat(facts).contains(FactId.parse(told.get(shard).get("first").asString()));
        });
        assertThat(bus.send(bus.requestTo("/v1/NO/journal"))).isProblem(400, "invalid-field", "namespace");
    }

    private List<FactId> publish(int count) {
        return bus
                .publishAll(IntStream.range(0, count)
                        .mapToObj(i -> "{\"text\":\"nothing new about " + i + "\"}")
                        .toList())
                .stream()
                .map(FactId::parse)
                .toList();
    }

    private Map<Integer, StreamEntryID> oldest() {
        Map<Integer, StreamEntryID> oldest = new HashMap<>();
        needs.forEach(need -> need.oldest(bus.namespace())
                .forEach((shard, position) -> oldest.merge(shard, position, (a, b) -> a.compareTo(b) <= 0 ? a : b)));
        return oldest;
    }

    private static Map<Integer, FactId> lastOfEachShard(List<FactId> facts) {
        Map<Integer, FactId> last = new HashMap<>();
        facts.forEach(fact -> last.merge(fact.shard(), fact, (a, b) -> a.compareTo(b) > 0 ? a : b));
        return last;
    }
}
