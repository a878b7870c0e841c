package io.thoughtbus.server.memory;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class MemoryTest {
    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
    }

    @Test
    void forgetsAFactAtTheEndOfItsLifetimeWhileAReplayStillFindsIt() {
        bus.declare("late", subscription("a parcel is late"));
        String id = bus.publish("{\"text\":\"a parcel is late\",\"subject\":\"parcel-7\",\"ttl\":\"PT1S\"}");
        assertThat(bus.get("/facts/" + id)).hasStatus(200);

        await().until(() -> bus.get("/facts/" + id).status() == 404);

        assertThat(bus.get("/facts/" + id)).isProblem(404, "fact-not-found");
        assertThat(bus.get("/facts").json().get("facts")).isEmpty();
        assertThat(bus.get("/facts?subject=parcel-7").json().get("facts")).isEmpty();
        assertThat(search("{\"text\":\"a parcel is late\"}")).isEmpty();
        assertThat(matchesOfAReplay())
                .singleElement()
                .satisfies(match -> assertThat(match.get("fact").asString()).isEqualTo(id));
    }

    @RepeatedTest(3)
    void findsWhatIsAliveHoweverMuchHasJustExpired() {
        bus.publishAll(Collections.nCopies(500, "{\"text\":\"a parcel is late\",\"ttl\":\"PT1S\"}"));
        String alive = bus.publish(fact("a parcel was found"));
        Instant expired = Instant.now().plusSeconds(1);

        await().pollInterval(Duration.ofMillis(1)).until(() -> Instant.now().isAfter(expired));

        assertThat(bus.get("/facts?limit=1").json().get("facts").valueStream())
                .extracting(found -> found.get("id").asString())
                .containsExactly(alive);
        assertThat(search("{\"text\":\"a parcel is late\",\"limit\":1}"))
                .extracting(found -> found.at("/fact/id").asString())
                .containsExactly(alive);
    }

    @RepeatedTest(20)
    void knowsTheFirstFactOfANamespaceAtOnce() {
        String id = bus.publish(fact("a parcel is late"));

        assertThat(bus.get("/facts").json().at("/facts/0/id").asString()).isEqualTo(id);
        assertThat(search("{\"text\":\"a parcel is late\"}")).hasSize(1);
    }

    @Test
    void remembersAFactForAsLongAsItsNamespaceSaysUnlessItsPublisherDoes() {
        assertThat(bus.get("").json().get("ttl").asString()).isEqualTo("PT24H");

        assertThat(bus.put("", "{\"ttl\":\"PT1H\"}")).hasStatus(200);

        assertThat(bus.get("").json().get("ttl").asString()).isEqualTo("PT1H");
        assertThat(lifetime(bus.publish(fact("a parcel is late")))).isEqualTo(Duration.ofHours(1));
        assertThat(lifetime(bus.publish("{\"text\":\"a parcel is late\",\"ttl\":\"P2D\"}")))
                .isEqualTo(Duration.ofDays(2));
    }

    @Test
    void findsTheNearestFactsFirst() {
        bus.publish(fact("the weather is fine"));
        bus.publish(fact("a parcel is late again"));
        bus.publish(fact("a parcel is late"));

        List<JsonNode> found = search("{\"text\":\"a parcel is late\"}");

        assertThat(found.stream().map(each -> each.at("/fact/text").asString()))
                .containsExactly("a parcel is late", "a parcel is late again", "the weather is fine");
        assertThat(found.get(0).get("score").asDouble()).isCloseTo(1, within(1e-6));
        assertThat(found.get(1).get("score").asDouble()).isBetween(0.8, 0.99);
    }

    @Test
    void findsNothingBelowTheThresholdAndNoMoreThanTheLimit() {
        bus.publish(fact("the weather is fine"));
        IntStream.range(0, 5).forEach(i -> bus.publish(fact("a parcel is late", "parcel-" + i)));

        assertThat(search("{\"text\":\"a parcel is late\",\"threshold\":0.99}")).hasSize(5);
        assertThat(search("{\"text\":\"a parcel is late\",\"threshold\":0.99,\"limit\":2}"))
                .hasSize(2);
        assertThat(search("{\"text\":\"a parcel is late\",\"threshold\":-1,\"limit\":1000}"))
                .hasSize(6);
        assertThat(search("{\"text\":\"rhubarb\",\"threshold\":0.9}")).isEmpty();
    }

    @Test
    void findsOnlyFactsAboutTheSubjectAskedFor() {
        bus.publish(fact("a parcel is late", "parcel-1"));
        bus.publish(fact("a parcel is late", "parcel-10"));
        bus.publish(fact("a parcel is late", "Parcel-1"));
        bus.publish(fact("the weather is fine", "parcel-1"));
        bus.publish(fact("a parcel is late"));

        assertThat(search("{\"text\":\"a parcel is late\",\"subject\":\"parcel-1\"}").stream()
                        .map(found -> found.at("/fact/subject").asString()))
                .containsExactly("parcel-1", "parcel-1");
        assertThat(bus.get("/facts?subject=parcel-1").json().get("facts")).hasSize(2);
        assertThat(bus.get("/facts?subject=Parcel-1").json().get("facts")).hasSize(1);
    }

    @Test
    void keepsWhatAFactFollowedFrom() {
        String first = bus.publish(fact("a truck broke down"));
        String second = bus.publish("{\"text\":\"a parcel is late\",\"cause\":\"" + first + "\"}");
        bus.declare("angry", subscription("a customer is angry"));
        String third = bus.publish("{\"text\":\"a customer is angry\",\"cause\":\"" + second + "\"}");

        JsonNode wake = bus.take("angry", 1, Duration.ofSeconds(10)).get(0);

        assertThat(wake.at("/fact/id").asString()).isEqualTo(third);
        assertThat(wake.at("/fact/cause").asString()).isEqualTo(second);
        JsonNode cause = bus.get("/facts/" + second).json();
        assertThat(cause.get("cause").asString()).isEqualTo(first);
        assertThat(bus.get("/facts/" + first).json().has("cause")).isFalse();
    }

    @Test
    void hasNothingOfANamespaceThatNobodyUsed() {
        assertThat(bus.get("/facts").json().get("facts")).isEmpty();
        assertThat(search("{\"text\":\"a parcel is late\"}")).isEmpty();
        assertThat(bus.get("/subscriptions").json().get("subscriptions")).isEmpty();
        assertThat(bus.post("/explain", "{\"text\":\"a parcel is late\"}")
                        .json()
                        .get("explanations"))
                .isEmpty();
    }

    private Duration lifetime(String id) {
        JsonNode fact = bus.get("/facts/" + id).json();
        return Duration.between(
                Instant.parse(fact.get("acceptedAt").asString()),
                Instant.parse(fact.get("expiresAt").asString()));
    }

    private List<JsonNode> search(String question) {
        Answer answer = bus.post("/facts:search", question);
        assertThat(answer).hasStatus(200);
        return answer.json().get("facts").valueStream().toList();
    }

    private List<JsonNode> matchesOfAReplay() {
        String replays = "/subscriptions/late/replays";
        String id = bus.post(replays, "{\"from\":\"0-0-0\"}").json().get("id").asString();
        await().until(() ->
                bus.get(replays + "/" + id).json().get("state").asString().equals("done"));
        return bus.get(replays + "/" + id).json().get("matches").valueStream().toList();
    }
}
