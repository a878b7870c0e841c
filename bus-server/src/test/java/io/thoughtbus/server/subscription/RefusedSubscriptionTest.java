package io.thoughtbus.server.subscription;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.array;
import static io.thoughtbus.server.Samples.quoted;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class RefusedSubscriptionTest {
    @LocalServerPort
    private int port;

    static Stream<Arguments> declarationsWithABadField() {
        return Stream.of(
                arguments("no subscriber", "{\"interest\":{\"text\":\"a\"}}", "subscriber"),
                arguments("no interest", "{\"subscriber\":\"a\"}", "interest"),
                arguments("an interest that is a text", "{\"subscriber\":\"a\",\"interest\":\"late\"}", "interest"),
                arguments("an empty interest", interest("{}"), "interest.text"),
                arguments("a blank interest", interest("{\"text\":\"  \"}"), "interest.text"),
                arguments("a long interest", interest("{\"text\":" + quoted("a".repeat(8193)) + "}"), "interest.text"),
                arguments("a lone surrogate", interest("{\"text\":\"\\udc00\"}"), "interest.text"),
                arguments("only counterexamples", interest("{\"counterexamples\":[\"a\"]}"), "interest.text"),
                arguments("a blank example", interest("{\"examples\":[\"a\",\" \"]}"), "interest.examples[1]"),
                arguments("a null example", interest("{\"examples\":[null]}"), "interest.examples[0]"),
                arguments("201 examples", interest("{\"examples\":" + texts(201) + "}"), "interest.examples"),
                arguments("a threshold over 1", with("threshold", "1.0001"), "threshold"),
                arguments("a threshold under -1", with("threshold", "-1.0001"), "threshold"),
                arguments("an endless threshold", with("threshold", "1e999"), "threshold"),
                arguments("a threshold in words", with("threshold", "\"0.5\""), "threshold"),
                arguments("a threshold that is true", with("threshold", "true"), "threshold"),
                arguments("an empty filter", with("filter", "\"\""), "filter"),
                arguments("a filter with an error", with("filter", "\"attributes.amount >\""), "filter"),
                arguments("a filter of a number", with("filter", "\"attributes.amount\""), "filter"),
                arguments("a filter of a text", with("filter", "\"'yes'\""), "filter"),
                arguments("a filter of a list", with("filter", "\"[true]\""), "filter"),
                arguments("a filter of nothing", with("filter", "\"null\""), "filter"),
                arguments("an unknown name", with("filter", "\"price > 3\""), "filter"),
                arguments("an unknown function", with("filter", "\"subject.exec()\""), "filter"),
                arguments("mixed types", with("filter", "\"subject > 3\""), "filter"),
                arguments("a thousand brackets", with("filter", "\"" + "(".repeat(2000) + "\""), "filter"),
                arguments(
                        "a thousand lists",
                        with("filter", "\"" + "[".repeat(1000) + "]".repeat(1000) + "\""),
                        "filter"),
                arguments("a very long filter", with("filter", quoted("true||".repeat(700) + "true")), "filter"),
                arguments("no second stage to ask", with("secondStage", "{\"band\":0.05}"), "secondStage"),
                arguments("a second stage without a band", with("secondStage", "{}"), "secondStage.band"),
                arguments("a negative band", with("secondStage", "{\"band\":-0.01}"), "secondStage.band"),
                arguments("a band over 1", with("secondStage", "{\"band\":1.01}"), "secondStage.band"),
                arguments(
                        "another choice",
                        with("secondStage", "{\"band\":0.05,\"whenAway\":\"sleep\"}"),
                        "secondStage.whenAway"),
                arguments("a start in words", with("from", "\"yesterday\""), "from"),
                arguments("a start as a number", with("from", "1795428930"), "from"),
                arguments("a start before time", with("from", "\"1969-12-31T23:59:59Z\""), "from"),
                arguments("a lease of 99 ms", with("delivery", "{\"lease\":\"PT0.099S\"}"), "delivery.lease"),
                arguments("a negative lease", with("delivery", "{\"lease\":\"-PT30S\"}"), "delivery.lease"),
                arguments("a lease of a day", with("delivery", "{\"lease\":\"P1D\"}"), "delivery.lease"),
                arguments("a lease without unit", with("delivery", "{\"lease\":30}"), "delivery.lease"),
                arguments("a negative backoff", with("delivery", "{\"backoff\":\"PT-1S\"}"), "delivery.backoff"),
                arguments("a backoff of a day", with("delivery", "{\"backoff\":\"PT24H\"}"), "delivery.backoff"),
                arguments("no attempts", with("delivery", "{\"maxAttempts\":0}"), "delivery.maxAttempts"),
                arguments("101 attempts", with("delivery", "{\"maxAttempts\":101}"), "delivery.maxAttempts"),
                arguments("half an attempt", with("delivery", "{\"maxAttempts\":1.5}"), "delivery.maxAttempts"),
                arguments(
                        "2^40 attempts", with("delivery", "{\"maxAttempts\":1099511627776}"), "delivery.maxAttempts"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("declarationsWithABadField")
    void refusesADeclarationWithABadField(String name, String body, String field) {
        HttpProbe bus = HttpProbe.at(port);

        Answer answer = bus.put("/subscriptions/late", body);

        assertThat(answer).isProblem(400, "invalid-field", field);
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("io.thoughtbus.server.Samples#HOSTILE_IDS")
    void refusesASubscriberWhoseNameWouldBreakAQuery(String subscriber) {
        HttpProbe bus = HttpProbe.at(port);

        Answer answer = bus.put(
                "/subscriptions/late",
                "{\"interest\":{\"text\":\"a parcel is late\"},\"subscriber\":" + quoted(subscriber) + "}");

        assertThat(answer).isProblem(400, "invalid-field", "subscriber");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void refusesFieldsThatDoNotBelongThere() {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.put("/subscriptions/late", with("treshold", "0.5"))).isProblem(400, "unknown-field", "treshold");
        assertThat(bus.put("/subscriptions/late", with("version", "7"))).isProblem(400, "unknown-field", "version");
        assertThat(bus.put("/subscriptions/late", with("delivery", "{\"retries\":1}")))
                .isProblem(400, "unknown-field", "delivery.retries");
        assertThat(bus.put("/subscriptions/late", "{\"subscriber\":\"a\",\"subscriber\":\"b\"}"))
                .isProblem(400, "malformed-json");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void previewsNoSecondStageWhereThereIsNone() {
        assertThat(HttpProbe.at(port).post("/subscriptions/late:preview", with("secondStage", "{\"band\":0.05}")))
                .isProblem(400, "invalid-field", "secondStage");
    }

    @Test
    void keepsTheVersionInForceWhenAChangeIsRefused() {
        HttpProbe bus = HttpProbe.at(port);
        bus.declare("late", with("filter", "\"attributes.amount > 3\""));

        assertThat(bus.put("/subscriptions/late", with("filter", "\"attributes.amount >\"")))
                .isProblem(400, "invalid-field", "filter");

        assertThat(bus.get("/subscriptions/late").json().get("version").asInt()).isEqualTo(1);
        assertThat(bus.get("/subscriptions/late").json().get("filter").asString())
                .isEqualTo("attributes.amount > 3");
    }

    private static String interest(String interest) {
        return "{\"subscriber\":\"agent\",\"interest\":" + interest + "}";
    }

    private static String with(String field, String value) {
        return subscription("a parcel is late", ",\"" + field + "\":" + value);
    }

    private static String texts(int count) {
        return array(IntStream.range(0, count).mapToObj(i -> "\"example " + i + "\""));
    }
}
