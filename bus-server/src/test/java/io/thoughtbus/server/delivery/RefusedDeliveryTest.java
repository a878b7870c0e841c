package io.thoughtbus.server.delivery;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.AnswerAssert.isProblem;
import static io.thoughtbus.server.Samples.array;
import static io.thoughtbus.server.Samples.quoted;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class RefusedDeliveryTest {
    private static final String LATE = "/subscriptions/late";
    private static final String NOT_HELD = "0-1795428930000-00000000.7";

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late"));
    }

    static Stream<Arguments> requestsWithABadField() {
        return Stream.of(
                arguments("wakes:take", "{\"max\":0}", "max"),
                arguments("wakes:take", "{\"max\":257}", "max"),
                arguments("wakes:take", "{\"max\":-1}", "max"),
                arguments("wakes:take", "{\"max\":\"3\"}", "max"),
                arguments("wakes:take", "{\"max\":99999999999}", "max"),
                arguments("wakes:take", "{\"wait\":\"-PT1S\"}", "wait"),
                arguments("wakes:take", "{\"wait\":\"PT61S\"}", "wait"),
                arguments("wakes:take", "{\"wait\":\"PT2562047788015215H\"}", "wait"),
                arguments("wakes:take", "{\"wait\":10}", "wait"),
                arguments("wakes:take", "{\"taker\":\"a b\"}", "taker"),
                arguments("wakes:leave", "{}", "taker"),
                arguments("wakes:leave", "{\"taker\":\"*\"}", "taker"),
                arguments("wakes:extend", "{\"wakes\":[\"a\"],\"lease\":\"PT0.01S\"}", "lease"),
                arguments("wakes:extend", "{\"wakes\":[\"a\"],\"lease\":\"P2D\"}", "lease"),
                arguments("wakes:extend", "{\"wakes\":[null]}", "wakes[0]"),
                arguments("wakes:extend", "{\"wakes\":[\"\"]}", "wakes[0]"),
                arguments("wakes:extend", "{\"wakes\":[\"\\ud800\"]}", "wakes[0]"),
                arguments("wakes:extend", "{\"wakes\":[\"" + "a".repeat(129) + "\"]}", "wakes[0]"),
                arguments("wakes:extend", "{\"wakes\":\"a\"}", "wakes"),
                arguments("wakes:extend", "{\"wakes\":" + wakes(257) + "}", "wakes"),
                arguments("dead-letters:revive", "{\"wakes\":[\"\\udfff\"]}", "wakes[0]"),
                arguments("dead-letters:revive", "{\"wakes\":" + wakes(257) + "}", "wakes"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("requestsWithABadField")
    void refusesARequestWithABadField(String call, String body, String field) {
        assertThat(bus.post(LATE + "/" + call, body)).isProblem(400, "invalid-field", field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wakes:take", "wakes:leave", "wakes:extend", "dead-letters:revive", "verdicts"})
    void refusesWhatIsNoRequest(String call) {
        assertThat(bus.post(LATE + "/" + call, "{")).isProblem(400, "malformed-json");
        assertThat(bus.post(LATE + "/" + call, "")).isProblem(400, "malformed-json");
        assertThat(bus.post(LATE + "/" + call, "{\"wakes\":[],\"wakes\":[]}")).isProblem(400, "malformed-json");
        assertThat(bus.post(LATE + "/" + call, "7")).hasStatus(400);
        assertThat(bus.post(LATE + "/" + call, "null")).hasStatus(400);
    }

    @Test
    void refusesWhatGoesOnAfterItsEnd() {
        assertThat(bus.post(LATE + "/wakes:take", "{}{}")).isProblem(400, "malformed-json");
        assertThat(bus.post(LATE + "/wakes:take", "{\"max\":1} 7")).isProblem(400, "malformed-json");
        assertThat(bus.post(LATE + "/verdicts", "[][]")).isProblem(400, "malformed-json");
    }

    static Stream<Arguments> badVerdicts() {
        return Stream.of(
                arguments("{\"verdict\":\"done\"}", "[0].wake"),
                arguments("{\"wake\":\"\",\"verdict\":\"done\"}", "[0].wake"),
                arguments("{\"wake\":\"" + "w".repeat(129) + "\",\"verdict\":\"done\"}", "[0].wake"),
                arguments("{\"wake\":\"w\"}", "[0].verdict"),
                arguments("{\"wake\":\"w\",\"verdict\":\"maybe\"}", "[0].verdict"),
                arguments("{\"wake\":\"w\",\"verdict\":0}", "[0].verdict"),
                arguments("{\"wake\":\"w\",\"verdict\":\"later\",\"delay\":\"-PT1S\"}", "[0].delay"),
                arguments("{\"wake\":\"w\",\"verdict\":\"later\",\"delay\":\"PT13H\"}", "[0].delay"),
                arguments("{\"wake\":\"w\",\"verdict\":\"done\",\"delay\":\"PT1S\"}", "[0].delay"),
                arguments("{\"wake\":\"w\",\"verdict\":\"never\",\"reason\":\"\\u0000\"}", "[0].reason"),
                arguments(
                        "{\"wake\":\"w\",\"verdict\":\"never\",\"reason\":" + quoted("a".repeat(501)) + "}",
                        "[0].reason"),
                arguments("{\"wake\":\"w\",\"verdict\":\"done\",\"attempt\":0}", "[0].attempt"),
                arguments("{\"wake\":\"w\",\"verdict\":\"done\",\"relevant\":\"yes\"}", "[0].relevant"));
    }

    @ParameterizedTest
    @MethodSource("badVerdicts")
    void refusesABadVerdict(String verdict, String field) {
        Answer answer = bus.post(LATE + "/verdicts", "[" + verdict + "]");

        assertThat(answer).isProblem(400, "invalid-field", field);
    }

    @Test
    void refusesAVerdictOnAWakeThatIsNotInHand() {
        Answer answer = bus.post(LATE + "/verdicts", "[{\"wake\":\"" + NOT_HELD + "\",\"verdict\":\"done\"}]");

        assertThat(answer).isProblem(409, "wake-not-held", "[0].wake");
    }

    @Test
    void refusesVerdictsThatAreNoListOrTooMany() {
        String verdict = "{\"wake\":\"w\",\"verdict\":\"done\"}";

        assertThat(bus.post(LATE + "/verdicts", verdict)).isProblem(400, "invalid-field");
        assertThat(bus.post(LATE + "/verdicts", "[]")).isProblem(400, "invalid-field", "the array's length");
        assertThat(bus.post(LATE + "/verdicts", array(IntStream.range(0, 257).mapToObj(i -> verdict))))
                .isProblem(400, "invalid-field", "the array's length");
    }

    @Test
    void answersEachVerdictInItsPlace() {
        bus.publish("{\"text\":\"a parcel is late\"}");
        String wake = bus.take("late", 1, java.time.Duration.ofSeconds(10))
                .get(0)
                .get("id")
                .asString();

        Answer answer = bus.post(
                LATE + "/verdicts",
                "[{\"wake\":\"" + NOT_HELD + "\",\"verdict\":\"done\"},{\"wake\":\"" + wake
                        + "\",\"verdict\":\"done\"},{\"wake\":\"w\",\"verdict\":\"maybe\"}]");

        assertThat(answer).hasStatus(207);
        isProblem(answer.json().get(0), 409, "wake-not-held", "wake");
        assertThat(answer.json().get(1).get("outcome").asString()).isEqualTo("done");
        isProblem(answer.json().get(2), 400, "invalid-field", "verdict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max=0", "max=257", "max=many"})
    void refusesAStreamWithABadWindow(String query) {
        assertThat(bus.get(LATE + "/wakes?" + query)).isProblem(400, "invalid-field", "max");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"7", "0123456789abcdef", "0123456789abcdef.-1", "*.1", "0123456789abcdef.9999999999999999999"})
    void refusesAStreamAfterAnEventThatNeverWas(String lastEventId) {
        Answer answer = bus.send(bus.request(LATE + "/wakes")
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", lastEventId));

        assertThat(answer).isProblem(400, "invalid-field", "Last-Event-ID");
    }

    @Test
    void refusesEverythingAboutASubscriptionThatIsNotThere() {
        String nowhere = "/subscriptions/nowhere";

        assertThat(bus.get(nowhere)).isProblem(404, "subscription-not-found");
        assertThat(bus.delete(nowhere)).isProblem(404, "subscription-not-found");
        assertThat(bus.post(nowhere + "/wakes:take", "{}")).isProblem(404, "subscription-not-found");
        assertThat(bus.post(nowhere + "/wakes:take", "{\"wait\":\"PT60S\"}")).isProblem(404, "subscription-not-found");
        assertThat(bus.post(nowhere + "/wakes:extend", "{\"wakes\":[\"w\"]}")).isProblem(404, "subscription-not-found");
        assertThat(bus.post(nowhere + "/verdicts", "[{\"wake\":\"w\",\"verdict\":\"done\"}]"))
                .isProblem(404, "subscription-not-found");
        assertThat(bus.get(nowhere + "/dead-letters")).isProblem(404, "subscription-not-found");
        assertThat(bus.post(nowhere + "/dead-letters:revive", "{}")).isProblem(404, "subscription-not-found");
        assertThat(bus.send(bus.request(nowhere + "/wakes").header("Accept", "text/event-stream")))
                .isProblem(404, "subscription-not-found");
    }

    private static String wakes(int count) {
        return array(IntStream.range(0, count).mapToObj(i -> "\"w" + i + "\""));
    }
}
