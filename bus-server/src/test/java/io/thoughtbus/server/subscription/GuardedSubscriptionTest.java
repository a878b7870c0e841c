package io.thoughtbus.server.subscription;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class GuardedSubscriptionTest {
    private static final String ASSERTED = "the parcel of user 3 is late";
    private static final String DENIED = "the parcel of user 3 is not late";

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
    }

    @Test
    void aFactThatDeniesTheMatterDoesNotWake() {
        bus.declare("late", subscription("the parcel of a user is late"));

        bus.publish(fact(DENIED));
        String asserted = bus.publish(fact(ASSERTED));

        assertThat(woken("late", 1)).containsExactly(asserted);
    }

    @Test
    void itWakesIfTheGuardIsOffOrTheThresholdIsGiven() {
        JsonNode off = bus.declare("off", subscription("the parcel of a user is late", ",\"guard\":false"));
        bus.declare("own", subscription("the parcel of a user is late", ",\"threshold\":0.4"));
        bus.declare("both", subscription("the parcel of a user is late", ",\"threshold\":0.4,\"guard\":true"));

        String denied = bus.publish(fact(DENIED));
        String asserted = bus.publish(fact(ASSERTED));

        assertThat(off.get("guard")).isEmpty();
        assertThat(woken("off", 2)).containsExactlyInAnyOrder(denied, asserted);
        assertThat(woken("own", 2)).containsExactlyInAnyOrder(denied, asserted);
        assertThat(woken("both", 1)).containsExactly(asserted);
    }

    @Test
    void aSubscriptionTellsWhatItsGuardStops() {
        assertThat(names(bus.declare("late", subscription("the parcel of a user is late"))
                        .get("guard")))
                .containsExactly("negated", "hypothetical", "past", "somebody-else");
        assertThat(names(bus.declare("never", subscription("the parcel was never delivered"))
                        .get("guard")))
                .doesNotContain("negated");
    }

    @Test
    void whatTheGuardStoppedIsExplainedAndCounted() {
        bus.declare("late", subscription("the parcel of a user is late"));
        double before = stopped();
        String denied = bus.publish(fact(DENIED));
        String asserted = bus.publish(fact(ASSERTED));
        assertThat(woken("late", 1)).containsExactly(asserted);

        JsonNode explanation =
                bus.post("/explain", "{\"fact\":\"" + denied + "\"}").json().at("/explanations/0");

        assertThat(explanation.get("margin").asDouble()).isPositive();
        assertThat(explanation.get("wakes").asBoolean()).isFalse();
        assertThat(explanation.get("woke").asBoolean()).isFalse();
        assertThat(explanation.at("/guard/0/qualifier").asString()).isEqualTo("negated");
        assertThat(explanation.at("/guard/0/stops").asBoolean()).isTrue();
        assertThat(explanation.get("reason").asString()).contains("the guard reads the fact as denying the matter");
        assertThat(stopped()).isEqualTo(before + 1);
    }

    @Test
    void aReplayStopsWhatTheDispatchStopped() {
        bus.publish(fact(DENIED));
        String asserted = bus.publish(fact(ASSERTED));

        bus.declare("late", subscription("the parcel of a user is late", ",\"from\":\"2020-01-01T00:00:00Z\""));

        assertThat(woken("late", 1)).containsExactly(asserted);
    }

    private List<String> woken(String subscription, int expected) {
        return bus.takeAll(subscription, expected).stream()
                .map(wake -> wake.at("/fact/id").asString())
                .toList();
    }

    private static List<String> names(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private double stopped() {
        return bus.send(bus.requestTo("/actuator/prometheus"))
                .body()
                .lines()
                .filter(line ->
                        line.startsWith("thoughtbus_dispatch_stopped_total{") && line.contains("qualifier=\"negated\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
