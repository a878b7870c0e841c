package io.thoughtbus.server.feedback;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class FeedbackTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
    }

    @Test
    void suggestsWhatVerdictsCalledRelevantAndIrrelevant() {
        bus.declare("late", subscription("a parcel is late"));
        judge("late", true, "my parcel is late");
        judge("late", false, "a parcel is late for the museum");

        JsonNode suggestion = suggestion("late");

        assertThat(texts(suggestion.at("/draft/interest/examples"))).containsExactly("my parcel is late");
        assertThat(texts(suggestion.at("/draft/interest/counterexamples")))
                .containsExactly("a parcel is late for the museum");
        assertThat(suggestion.get("relevant").asInt()).isEqualTo(1);
        assertThat(suggestion.get("irrelevant").asInt()).isEqualTo(1);
        assertThat(suggestion.at("/preview/outlook/forecast/facts").asInt()).isEqualTo(2);
    }

    @Test
    void itsDraftIsTheNextVersionOnceItIsDeclared() {
        bus.declare("late", subscription("a parcel is late"));
        judge("late", false, "a parcel is late for the museum");

        JsonNode suggestion = suggestion("late");
        assertThat(bus.get("/subscriptions/late").json().get("version").asInt()).isEqualTo(1);
        JsonNode declared = bus.declare("late", suggestion.get("draft").toString());

        assertThat(declared.get("version").asInt()).isEqualTo(2);
        assertThat(suggestion("late").get("irrelevant").asInt()).isZero();
    }

    @Test
    void itsDraftStartsWithTheNextFactAndLeavesAThresholdOfATextAloneToTheBus() {
        bus.declare("late", subscription("a parcel is late", ",\"threshold\":0.3,\"from\":\"2020-01-01T00:00:00Z\""));
        judge("late", false, "a parcel is late for the museum");

        JsonNode draft = suggestion("late").get("draft");

        assertThat(draft.has("from")).isFalse();
        assertThat(draft.has("threshold")).isFalse();
        assertThat(draft.get("guard").asBoolean()).isFalse();
    }

    @Test
    void leavesAsItIsWhatIsJudgedOtherwiseThanDeclared() {
        bus.declare(
                "late",
                "{\"subscriber\":\"a\",\"interest\":{\"examples\":[\"a parcel is late\",\"my parcel is late\"]}}");
        judge("late", false, "my parcel is late");

        JsonNode suggestion = suggestion("late");

        assertThat(texts(suggestion.get("contradictions"))).containsExactly("my parcel is late");
        assertThat(suggestion.get("irrelevant").asInt()).isZero();
    }

    @Test
    void driftTellsOfASubscriptionThatNeverFiresAndOfItsTwin() {
        bus.declare("late", subscription("a parcel is late"));
        bus.declare("twin", subscription("a parcel is late"));
        bus.publishAll(IntStream.range(0, 120)
                .mapToObj(i -> fact("it rains in Spain " + i))
                .toList());

        JsonNode drift = bus.get("/subscriptions/late/drift").json();

        assertThat(drift.at("/forecast/facts").asInt()).isEqualTo(120);
        assertThat(texts(drift.get("notes")))
                .containsExactly(
                        "never fires: none of the newest 120 facts wakes it", "as good as the same as twin (1.00)");
    }

    @Test
    void driftTellsOfWakesThatAreIrrelevantAndOfOnesThatAlwaysCome() {
        bus.declare("late", subscription("a parcel is late", ",\"threshold\":-1"));
        bus.publishAll(IntStream.range(0, 120)
                .mapToObj(i -> fact("it rains in Spain " + i))
                .toList());
        IntStream.range(0, 12).forEach(i -> settle("late", false, bus.take("late", 1, SOON)));

        JsonNode drift = bus.get("/subscriptions/late/drift").json();

        assertThat(drift.get("judged").asInt()).isEqualTo(12);
        assertThat(texts(drift.get("notes"))).hasSize(2).allMatch(note -> note.matches("(nearly always|12 of 12).*"));
    }

    @Test
    void aSubscriptionThatIsNotThereHasNeither() {
        assertThat(bus.get("/subscriptions/none/drift")).hasStatus(404);
        assertThat(bus.get("/subscriptions/none/suggestion")).hasStatus(404);
    }

    private JsonNode suggestion(String id) {
        return bus.get("/subscriptions/" + id + "/suggestion").json();
    }

    private void judge(String id, boolean relevant, String text) {
        bus.publish(fact(text));
        settle(id, relevant, bus.take(id, 1, SOON));
    }

    private void settle(String id, boolean relevant, List<JsonNode> wakes) {
        String verdicts = wakes.stream()
                .map(wake -> "{\"wake\":" + wake.get("id") + ",\"verdict\":\"done\",\"relevant\":" + relevant + "}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(bus.post("/subscriptions/" + id + "/verdicts", verdicts)).hasStatus(200);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
