package io.thoughtbus.server.asking;

import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.asking.ChatBusTest.ENDPOINT;
import static io.thoughtbus.server.asking.DoubtsInHand.NEAR;
import static io.thoughtbus.server.asking.DoubtsInHand.declaration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.HttpProbe;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ChatBusTest
class SecondStageTest {
    @LocalServerPort
    private int port;

    private DoubtsInHand doubts;
    private HttpProbe bus;

    @BeforeEach
    void awaitTheEndpoint() {
        doubts = DoubtsInHand.at(port);
        bus = doubts.bus();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.02, 0.02})
    void yesWakesOnEitherSideOfTheThreshold(double margin) {
        bus.declare("late", declaration(margin, "wake"));

        String id = doubts.publishNear();

        JsonNode wake = bus.takeAll("late", 1).get(0);
        assertThat(wake.at("/fact/id").asString()).isEqualTo(id);
        assertThat(wake.get("score").asDouble() - wake.get("threshold").asDouble())
                .isCloseTo(margin, within(1e-6));
        JsonNode explanation = doubts.explained("late", id);
        assertThat(explanation.get("woke").asBoolean()).isTrue();
        assertThat(explanation.get("wakes").asBoolean()).isTrue();
        assertThat(explanation.get("margin").asDouble()).isCloseTo(margin, within(1e-6));
        assertThat(explanation.at("/secondStage/outcome").asString()).isEqualTo("yes");
        assertThat(explanation.at("/secondStage/probability").asDouble()).isEqualTo(1);
        assertThat(explanation.at("/secondStage/judge").asString()).isEqualTo("llama");
        assertThat(explanation.get("reason").asString()).contains("llama gives it a probability of 1.00");
        assertThat(bus.get("/timeline?as=text&fact=" + id).body())
                .containsPattern(" answered +" + id + "  late +yes by llama with probability 1.0, so it wakes");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.02, 0.02})
    void noDoesNotWakeOnEitherSideOfTheThreshold(double margin) {
        ENDPOINT.answers((fact, interest) -> 0.1);
        double before = doubts.decided("no");
        bus.declare("late", declaration(margin, "wait"));

        String id = doubts.publishNear();

        await().until(() -> doubts.outcome("late", id).equals("no"));
        await().until(() -> doubts.waiting("late") == 0);
        assertThat(doubts.explained("late", id).get("woke").asBoolean()).isFalse();
        assertThat(bus.take("late", 1, Duration.ZERO)).isEmpty();
        assertThat(doubts.decided("no")).isEqualTo(before + 1);
    }

    @Test
    void beyondTheBandNobodyIsAsked() {
        bus.declare("above", declaration(0.06, "wait"));
        bus.declare("below", declaration(-0.06, "wait"));

        String id = doubts.publishNear();

        assertThat(doubts.woken("above", 1)).containsExactly(id);
        assertThat(bus.take("below", 1, Duration.ZERO)).isEmpty();
        assertThat(doubts.explained("above", id).has("secondStage")).isFalse();
        assertThat(doubts.explained("below", id).has("secondStage")).isFalse();
        assertThat(doubts.asked()).isZero();
    }

    @Test
    void whatFilterOrGuardStopsIsNotAskedAbout() {
        String denied = "the parcel is not late";
        bus.declare("filtered", declaration(denied, -0.01, "wake", ",\"filter\":\"attributes.amount > 3\""));
        bus.declare("guarded", declaration(denied, -0.01, "wake", ",\"guard\":true"));

        String stopped = bus.publish(fact(denied));
        String passing = bus.publish("{\"text\":\"" + denied + "\",\"attributes\":{\"amount\":4}}");

        assertThat(doubts.woken("filtered", 1)).containsExactly(passing);
        assertThat(doubts.asked()).isEqualTo(1);
        assertThat(doubts.outcome("filtered", passing)).isEqualTo("yes");
        assertThat(doubts.outcome("filtered", stopped)).isEmpty();
        assertThat(doubts.outcome("guarded", passing)).isEmpty();
    }

    @Test
    void aTextIsAskedAboutWhenItIsExplained() {
        bus.declare("late", declaration(0.02, "wake"));
        ENDPOINT.answers((fact, interest) -> 0.3);

        JsonNode explanation = bus.post("/explain", fact(NEAR)).json().at("/explanations/0");

        assertThat(explanation.get("wakes").asBoolean()).isFalse();
        assertThat(explanation.has("woke")).isFalse();
        assertThat(explanation.at("/secondStage/outcome").asString()).isEqualTo("no");
        assertThat(explanation.at("/secondStage/probability").asDouble()).isEqualTo(0.3);
    }

    @Test
    void anInterestWithoutATextIsAskedAboutByItsNearestExample() {
        String text = "yesterday an order was refunded again";
        bus.declare("late", """
                {"subscriber": "agent", "threshold": 0.0, "secondStage": {"band": 1},
                 "interest": {"examples": ["the parcel is late", "an order was refunded", "it rains in spain"]}}""");

        String id = bus.publish(fact(text));

        assertThat(doubts.woken("late", 1)).containsExactly(id);
        assertThat(ENDPOINT.requests())
                .filteredOn(request -> request.fact().equals(text))
                .singleElement()
                .satisfies(request -> assertThat(request.interests()).containsExactly("an order was refunded"));
    }

    @Test
    void aReplayTakesTheAnswersThatWereRecorded() {
        bus.declare("late", declaration(-0.02, "wake"));
        ENDPOINT.answers((fact, interest) -> fact.contains("three") ? 0.9 : 0.1);
        String yes = doubts.publishNear();
        String no = bus.publish(fact(NEAR.replace("three", "seven")));
        await().until(() -> doubts.outcome("late", no).equals("no"));
        assertThat(doubts.woken("late", 1)).containsExactly(yes);
        ENDPOINT.answers((fact, interest) -> 0.0);

        String replay = bus.post("/subscriptions/late/replays", "{\"from\":\"0-0-0\"}")
                .json()
                .get("id")
                .asString();

        String path = "/subscriptions/late/replays/" + replay;
        await().until(() -> bus.get(path).json().get("state").asString().equals("done"));
        assertThat(bus.get(path)
                        .json()
                        .get("matches")
                        .valueStream()
                        .map(match -> match.get("fact").asString()))
                .containsExactly(yes);
    }

    @Test
    void aSubscriptionTellsWhatItHasAsked() {
        JsonNode declared = bus.declare("late", declaration(0.02, "wait"));

        assertThat(declared.at("/secondStage/band").asDouble()).isEqualTo(0.05);
        assertThat(bus.get("/subscriptions/late")
                        .json()
                        .at("/secondStage/whenAway")
                        .asString())
                .isEqualTo("wait");
        assertThat(bus.declare("late", declaration(0.02, "wait")).get("version").asInt())
                .isEqualTo(1);
        assertThat(bus.declare("late", declaration(0.02, "wake")).get("version").asInt())
                .isEqualTo(2);
    }
}
