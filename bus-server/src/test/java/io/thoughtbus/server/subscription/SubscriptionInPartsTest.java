package io.thoughtbus.server.subscription;

import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static io.thoughtbus.server.TwoMatters.APPLES;
import static io.thoughtbus.server.TwoMatters.BOATS;
import static io.thoughtbus.server.TwoMatters.apple;
import static io.thoughtbus.server.TwoMatters.boat;
import static io.thoughtbus.server.TwoMatters.redBoat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.TwoMatters;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.Shards;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class SubscriptionInPartsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @LocalServerPort
    private int port;

    @Autowired
    private Shards shards;

    @Autowired
    private IndexCheck check;

    @Autowired
    private RedisInterestIndex index;

    private HttpProbe bus;
    private IndexInHand held;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
        held = new IndexInHand(bus.namespace(), shards);
    }

    @Test
    void isToldWithItsPartsAndTheExamplesOfEach() {
        JsonNode preview = bus.post("/subscriptions/both:preview", TwoMatters.subscription(""))
                .json();
        JsonNode both = bus.declare("both", TwoMatters.subscription(""));

        assertThat(both.get("parts")).hasSize(2);
        assertThat(texts(both.at("/parts/0/examples"))).isEqualTo(APPLES);
        assertThat(texts(both.at("/parts/1/examples"))).isEqualTo(BOATS);
        assertThat(both.at("/parts/0/threshold")).isEqualTo(both.get("threshold"));
        assertThat(preview.get("parts")).isEqualTo(both.get("parts"));
        assertThat(bus.get("/subscriptions/both").json()).isEqualTo(both);
    }

    @Test
    void aFactThatReachesOnePartWakesOnceAndTheWakeNamesThePart() {
        bus.declare("both", TwoMatters.subscription(""));

        bus.publish(fact(redBoat("today")));
        String boat = bus.publish(fact(boat("today")));
        String apple = bus.publish(fact(apple("today")));

        List<JsonNode> wakes = bus.takeAll("both", 2);
        assertThat(wakes)
                .extracting(wake -> wake.at("/fact/id").asString() + " " + wake.get("part"))
                .containsExactlyInAnyOrder(apple + " 1", boat + " 2");
        JsonNode explained = bus.post("/explain", "{\"fact\":\"" + boat + "\",\"subscription\":\"both\"}")
                .json()
                .at("/explanations/0");
        assertThat(explained.get("part").asInt()).isEqualTo(2);
        assertThat(explained.get("parts").asInt()).isEqualTo(2);
        assertThat(explained.get("wakes").asBoolean()).isTrue();
        assertThat(explained.get("woke").asBoolean()).isTrue();
        assertThat(texts(explained.at("/detail/partExamples"))).isEqualTo(BOATS);
        assertThat(wakes)
                .filteredOn(wake -> wake.at("/fact/id").asString().equals(boat))
                .allSatisfy(wake -> {
                    assertThat(wake.get("score")).isEqualTo(explained.get("score"));
                    assertThat(wake.get("threshold")).isEqualTo(explained.get("threshold"));
                });
    }

    @Test
    void aThresholdThatIsGivenIsThatOfOnePart() {
        JsonNode both = bus.declare("both", TwoMatters.subscription(",\"threshold\":0.3"));

        assertThat(both.has("parts")).isFalse();
        assertThat(both.get("threshold").asDouble()).isEqualTo(0.3);
    }

    @Test
    void whatIsTakenOutOfForceLeavesNothingInTheIndex() {
        bus.declare("both", TwoMatters.subscription(""));
        assertThat(held.interests()).hasSize(2);

        bus.declare("both", subscription("something else"));

        await().atMost(PATIENCE).until(() -> held.interests().size() == 1);
        assertThat(index.isWhole(bus.namespace())).isTrue();

        bus.delete("/subscriptions/both");

        assertThat(held.interests()).isEmpty();
        assertThat(held.redis().exists(held.searchable())).isFalse();
    }

    static Stream<Arguments> damage() {
        return Stream.of(
                damage("a part is deleted", held -> held.redis().del(second(held))),
                damage("a part is cut short", held -> held.redis().hset(second(held), "v", "abc")),
                damage("a part is not counted", held -> held.redis().srem(held.searchable(), first(held) + ":2")),
                damage("a part is deleted and not counted", held -> {
                    held.redis().del(second(held));
                    held.redis().srem(held.searchable(), first(held) + ":2");
                }),
                damage(
                        "there is a part too many",
                        held -> held.redis().copy(second(held), held.interestKey(first(held) + ":3"), true)),
                damage("there is a part too many, and it is counted", held -> {
                    held.redis().copy(second(held), held.interestKey(first(held) + ":3"), true);
                    held.redis().sadd(held.searchable(), first(held) + ":3");
                }),
                damage("all but the second part is gone", held -> {
                    held.redis().del(held.interestKey(first(held)));
                    held.redis().srem(held.searchable(), first(held));
                }),
                damage("the further vectors are gone", held -> held.redis().hdel(held.interestKey(first(held)), "p")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damage")
    void aCheckMakesItsPartsWhatTheyWereToTheByte(String name, Consumer<IndexInHand> damage) {
        bus.declare("both", TwoMatters.subscription(""));
        Map<String, String> before = held.stored();
        damage.accept(held);

        await().atMost(PATIENCE).untilAsserted(() -> {
            check.run(bus.namespace());
            assertThat(held.stored()).isEqualTo(before);
            assertThat(index.isWhole(bus.namespace())).isTrue();
        });
    }

    private static String first(IndexInHand held) {
        return held.redis().smembers(held.searchable()).stream()
                .filter(member -> member.startsWith("both:"))
                .map(member -> String.join(":", List.of(member.split(":", -1)).subList(0, 2)))
                .findFirst()
                .orElseThrow();
    }

    private static String second(IndexInHand held) {
        return held.interestKey(first(held) + ":2");
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static Arguments damage(String name, Consumer<IndexInHand> damage) {
        return Arguments.arguments(name, damage);
    }
}
