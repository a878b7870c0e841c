package io.thoughtbus.server.subscription;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.EventReader;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class SubscriptionLifeTest {
    private static final String LATE = "/subscriptions/late";

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
    }

    @Test
    void aDeclarationIsActiveWhenItIsAnswered() {
        Answer answer = bus.put(
                LATE,
                subscription(
                        "a parcel is late",
                        ",\"threshold\":0.7,\"filter\":\"subject != ''\","
                                + "\"delivery\":{\"lease\":\"PT5S\",\"maxAttempts\":3,\"backoff\":\"PT2S\"}"));

        assertThat(answer).hasStatus(201);
        JsonNode late = answer.json();
        assertThat(late.get("state").asString()).isEqualTo("active");
        assertThat(late.get("version").asInt()).isEqualTo(1);
        assertThat(late.get("threshold").asDouble()).isEqualTo(0.7);
        assertThat(late.get("filter").asString()).isEqualTo("subject != ''");
        assertThat(late.get("delivery").get("lease").asString()).isEqualTo("PT5S");
        assertThat(late.get("activation")).hasSize(4);
        assertThat(late.has("backfill")).isFalse();
        assertThat(bus.get(LATE).json()).isEqualTo(late);
    }

    @Test
    void theSameDeclarationAgainChangesNothing() {
        JsonNode first = bus.declare("late", subscription("a parcel is late"));

        Answer again = bus.put(LATE, subscription("a parcel is late"));
        Answer withDefaults = bus.put(
                LATE, subscription("a parcel is late", ",\"delivery\":{\"lease\":\"PT30S\",\"maxAttempts\":10}"));

        assertThat(again).hasStatus(200);
        assertThat(again.json()).isEqualTo(first);
        assertThat(withDefaults.json()).isEqualTo(first);
    }

    @Test
    void everyChangeMakesANewVersion() {
        JsonNode first = bus.declare("late", subscription("a parcel is late"));

        Answer changed = bus.put(LATE, subscription("a parcel is late", ",\"threshold\":0.9"));
        Answer back = bus.put(LATE, subscription("a parcel is late"));

        assertThat(changed).hasStatus(200);
        assertThat(changed.json().get("version").asInt()).isEqualTo(2);
        assertThat(changed.json().get("createdAt")).isEqualTo(first.get("createdAt"));
        assertThat(back.json().get("version").asInt()).isEqualTo(3);
        assertThat(back.json().get("threshold")).isEqualTo(first.get("threshold"));
    }

    @Test
    void wakesOwedByAnEarlierVersionStayOwed() {
        bus.declare("late", subscription("a parcel is late"));
        String id = bus.publish(fact("a parcel is late"));

        IntStream.range(0, 15)
                .forEach(i -> bus.declare("late", subscription("version " + i + " of something else altogether")));

        assertThat(bus.takeAll("late", 1)).singleElement().satisfies(wake -> {
            assertThat(wake.at("/fact/id").asString()).isEqualTo(id);
            assertThat(wake.get("version").asInt()).isEqualTo(1);
            assertThat(wake.get("score").asDouble()).isGreaterThanOrEqualTo(0.99);
            assertThat(wake.get("threshold").asDouble()).isEqualTo(0.6);
        });
    }

    @Test
    void nothingOfADeletedSubscriptionIsLeftButWhatDecidedFacts() {
        bus.declare("late", subscription("a parcel is late", ",\"delivery\":{\"maxAttempts\":1}"));
        bus.declare("late", subscription("a parcel is late", ",\"from\":\"0-0-0\",\"delivery\":{\"maxAttempts\":2}"));
        IntStream.range(0, 8).forEach(i -> bus.publish(fact("a parcel is late", "parcel-" + i)));
        List<JsonNode> taken = bus.take("late", 3, Duration.ofSeconds(10));
        bus.settle("late", "never", taken.subList(0, 1));
        bus.settle("late", "later", taken.subList(1, 2));
        bus.post(
                LATE + "/verdicts",
                "[{\"wake\":" + taken.get(2).get("id") + ",\"verdict\":\"done\",\"relevant\":true}]");
        bus.post(LATE + "/replays", "{\"from\":\"0-0-0\",\"deliver\":true}");

        try (EventReader reader = EventReader.open(bus, "late", 2)) {
            assertThat(reader.next(2)).hasSize(2);
            assertThat(Stored.keys("tb:{" + bus.namespace() + "/late}:*")).hasSizeGreaterThan(8);

            assertThat(bus.delete(LATE)).hasStatus(204);
            reader.awaitEnd();
        }

        assertThat(bus.get(LATE)).isProblem(404, "subscription-not-found");
        await().untilAsserted(() -> assertThat(traces("late")).isEmpty());
    }

    @Test
    void aSubscriptionDeclaredAgainAfterItsEndStartsEmpty() {
        bus.declare("late", subscription("a parcel is late", ",\"delivery\":{\"maxAttempts\":1}"));
        bus.publish(fact("a parcel is late", "before"));
        bus.settle("late", "never", bus.take("late", 1, Duration.ofSeconds(10)));
        bus.publish(fact("a parcel is late", "between"));
        bus.delete(LATE);

        JsonNode again = bus.declare("late", subscription("a parcel is late"));

        assertThat(again.get("version").asInt()).isEqualTo(1);
        assertThat(bus.get(LATE + "/dead-letters").json().get("deadLetters")).isEmpty();
        bus.publish(fact("a parcel is late", "after"));
        assertThat(bus.takeAll("late", 1))
                .extracting(wake -> wake.at("/fact/subject").asString())
                .containsExactly("after");
    }

    @Test
    void oneSubscriberIsWokenBySeveralSubscriptionsEachForItself() {
        bus.declare("late", subscription("a parcel is late"));
        bus.declare("parcels", subscription("a parcel is late", ",\"threshold\":0.2"));
        bus.declare("weather", subscription("the weather is fine"));

        String id = bus.publish(fact("a parcel is late"));

        assertThat(bus.takeAll("late", 1))
                .extracting(wake -> wake.at("/fact/id").asString())
                .containsExactly(id);
        assertThat(bus.takeAll("parcels", 1))
                .extracting(wake -> wake.at("/fact/id").asString())
                .containsExactly(id);
        assertThat(bus.takeAll("weather", 0)).isEmpty();
    }

    private List<String> traces(String id) {
        String namespace = bus.namespace();
        List<String> traces = new java.util.ArrayList<>(Stored.keys("tb:{" + namespace + "/" + id + "}*"));
        traces.addAll(Stored.keys("tb:{" + namespace + "}:interest:*:" + id + ":*"));
        traces.addAll(Stored.keys("tb:{" + namespace + "}:*examples:*:" + id));
        traces.addAll(Stored.keys("tb:{registry}:*" + namespace + "/*"));
        traces.addAll(Stored.redis().smembers("tb:{" + namespace + "}:interests"));
        for (String hash : List.of("retiring", "replays")) {
            Stored.redis().hkeys("tb:{registry}:" + hash).stream()
                    .filter(field -> field.startsWith(namespace))
                    .forEach(traces::add);
        }
        IntStream.range(0, 4)
                .mapToObj(shard -> Stored.redis().hkeys("tb:{" + namespace + "/" + shard + "}:active"))
                .forEach(traces::addAll);
        return traces;
    }
}
