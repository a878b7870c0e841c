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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class RefusedReplayTest {
    private static final String REPLAYS = "/subscriptions/late/replays";

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
                arguments("{}", "from"),
                arguments("{\"from\":null}", "from"),
                arguments("{\"from\":\"\"}", "from"),
                arguments("{\"from\":\"0-1\"}", "from"),
                arguments("{\"from\":\"0-1-2-3\"}", "from"),
                arguments("{\"from\":\"99999-1-1\"}", "from"),
                arguments("{\"from\":\"0-1-99999999999999999999\"}", "from"),
                arguments("{\"from\":\"-1000000000-01-01T00:00:00Z\"}", "from"),
                arguments("{\"from\":\"2026-13-01T00:00:00Z\"}", "from"),
                arguments("{\"from\":1}", "from"),
                arguments("{\"from\":\"0-0-0\",\"to\":\"soon\"}", "to"),
                arguments("{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}", "to"),
                arguments("{\"from\":\"0-9-9\",\"to\":\"0-9-8\"}", "to"),
                arguments("{\"from\":\"0-0-0\",\"subject\":\"a|b\"}", "subject"),
                arguments("{\"from\":\"0-0-0\",\"deliver\":\"yes\"}", "deliver"),
                arguments("{\"from\":\"0-0-0\",\"deliver\":1}", "deliver"));
    }

    @ParameterizedTest
    @MethodSource("draftsWithABadField")
    void refusesAReplayWithABadField(String body, String field) {
        assertThat(bus.post(REPLAYS, body)).isProblem(400, "invalid-field", field);
        assertThat(bus.get(REPLAYS).json()).isEmpty();
    }

    @Test
    void refusesWhatIsNoReplay() {
        assertThat(bus.post(REPLAYS, "[]")).hasStatus(400);
        assertThat(bus.post(REPLAYS, "{\"from\":\"0-0-0\",\"from\":\"0-0-1\"}")).isProblem(400, "malformed-json");
        assertThat(bus.post(REPLAYS, "{\"from\":\"0-0-0\",\"speed\":2}")).isProblem(400, "unknown-field", "speed");
        assertThat(bus.get(REPLAYS).json()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=1e2", "after=-1", "after=first", "after=99999999999"})
    void refusesABadPageOfMatches(String query) {
        String id = bus.post(REPLAYS, "{\"from\":\"0-0-0\"}").json().get("id").asString();

        assertThat(bus.get(REPLAYS + "/" + id + "?" + query))
                .isProblem(400, "invalid-field", query.substring(0, query.indexOf('=')));
    }

    @Test
    void refusesReplaysThatAreNotThere() {
        assertThat(bus.get(REPLAYS + "/nowhere")).isProblem(404, "replay-not-found");
        assertThat(bus.delete(REPLAYS + "/nowhere")).isProblem(404, "replay-not-found");
        assertThat(bus.get("/subscriptions/nowhere/replays")).isProblem(404, "subscription-not-found");
        assertThat(bus.post("/subscriptions/nowhere/replays", "{\"from\":\"0-0-0\"}"))
                .isProblem(404, "subscription-not-found");
    }
}
