package io.thoughtbus.server.replay;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class RefusedComparisonTest {
    private static final String WAS = "\"mode\":\"as-it-was\",\"from\":\"0-0-0\"";
    private static final String WOULD_BE = "\"mode\":\"as-it-would-be\",\"from\":\"0-0-0\"";
    private static final String DRAFT = ",\"draft\":" + subscription("a parcel is late");

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late"));
    }

    static Stream<Arguments> draftsWithABadField() {
        return Stream.of(
                arguments("\"from\":\"0-0-0\"", "mode"),
                arguments("\"from\":\"0-0-0\",\"mode\":\"as-it-is\"", "mode"),
                arguments("\"mode\":\"as-it-was\"", "from"),
                arguments("\"mode\":\"as-it-was\",\"from\":\"2999-01-01T00:00:00Z\"", "from"),
                arguments("\"mode\":\"as-it-was\",\"from\":\"0-9999999999999-0\"", "from"),
                arguments(WAS + ",\"to\":\"soon\"", "to"),
                arguments("\"mode\":\"as-it-was\",\"from\":\"0-9-9\",\"to\":\"0-9-8\"", "to"),
                arguments(WAS + ",\"subject\":\"a|b\"", "subject"),
                arguments(WAS + ",\"publisher\":\"a|b\"", "publisher"),
                arguments(WAS + ",\"filter\":\"attributes.n +\"", "filter"),
                arguments(WAS + ",\"filter\":\"attributes.n + 1\"", "filter"),
                arguments(WAS + ",\"about\":{\"text\":\"rain\"}", "about.threshold"),
                arguments(WAS + ",\"about\":{\"threshold\":0.3}", "about.text"),
                arguments(WAS + ",\"about\":{\"text\":\"rain\",\"threshold\":1.5}", "about.threshold"),
                arguments(WAS + ",\"subscriptions\":[\"a|b\"]", "subscriptions[0]"),
                arguments(WAS + ",\"subscriptions\":[\"late\",\"never-was\"]", "subscriptions[1]"),
                arguments(WAS + ",\"subscription\":\"late\"", "subscription"),
                arguments(WAS + ",\"version\":1", "version"),
                arguments(WAS + DRAFT, "draft"),
                arguments(WOULD_BE + ",\"version\":1", "subscription"),
                arguments(WOULD_BE + ",\"subscription\":\"late\"", "draft"),
                arguments(WOULD_BE + ",\"subscription\":\"late\",\"version\":1" + DRAFT, "draft"),
                arguments(WOULD_BE + ",\"subscription\":\"late\",\"version\":0", "version"),
                arguments(
                        WOULD_BE + ",\"subscriptions\":[\"late\"],\"subscription\":\"late\"" + DRAFT, "subscriptions"));
    }

    @ParameterizedTest
    @MethodSource("draftsWithABadField")
    void refusesAReplayWithABadField(String fields, String field) {
        assertThat(bus.post("/replays", "{" + fields + "}")).isProblem(400, "invalid-field", field);
        assertThat(bus.get("/replays").json()).isEmpty();
    }

    @Test
    void refusesWhatIsNoReplay() {
        assertThat(bus.post("/replays", "[]")).hasStatus(400);
        assertThat(bus.post("/replays", "{" + WAS + ",\"speed\":2}")).isProblem(400, "unknown-field", "speed");
        assertThat(bus.post("/replays", "{" + WAS + ",\"deliver\":true}")).isProblem(400, "unknown-field", "deliver");
    }

    @Test
    void refusesToReplayANamespaceInWhichThereNeverWasAnything() {
        assertThat(HttpProbe.at(port).post("/replays", "{" + WAS + "}")).isProblem(404, "no-such-resource");
    }

    @Test
    void refusesReplaysThatAreNotThere() {
        assertThat(bus.get("/replays/nowhere")).isProblem(404, "replay-not-found");
        assertThat(bus.get("/replays/nowhere/matches")).isProblem(404, "replay-not-found");
        assertThat(bus.delete("/replays/nowhere")).isProblem(404, "replay-not-found");
        assertThat(bus.post("/replays/nowhere:pause", "")).isProblem(404, "replay-not-found");
        assertThat(bus.post("/replays/nowhere:resume", "")).isProblem(404, "replay-not-found");
    }

    @Test
    void aRangeThatHoldsNoFactIsDoneAtOnceWithoutAny() {
        var replaying = new AsItWasTest.Replaying(bus);

        var replay = replaying.replay("{" + WAS + ",\"to\":\"0-5-0\"}");

        assertThat(replay.get("state").asString()).isEqualTo("done");
        assertThat(replay.get("scanned").asInt()).isZero();
        assertThat(replay.get("digest").asString()).isEmpty();
        assertThat(replaying.bytes(replay)).isEmpty();
    }
}
