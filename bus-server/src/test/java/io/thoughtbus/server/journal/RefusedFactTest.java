package io.thoughtbus.server.journal;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.MODEL;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.factWithVector;
import static io.thoughtbus.server.Samples.quoted;
import static io.thoughtbus.server.Samples.vectorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Samples;
import io.thoughtbus.server.Stored;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class RefusedFactTest {
    private static final String LATE = "\"text\":\"a parcel is late\"";

    @LocalServerPort
    private int port;

    static Stream<Arguments> bodiesThatAreNoJson() {
        return Stream.of(
                arguments("nothing", ""),
                arguments("white space", "  \n"),
                arguments("a word", "fact"),
                arguments("an object cut short", "{\"text\":\"a"),
                arguments("an array cut short", "[" + fact("a")),
                arguments("two objects", fact("a") + fact("b")),
                arguments("a text", "\"a parcel is late\""),
                arguments("a number", "7"),
                arguments("null", "null"),
                arguments("single quotes", "{'text':'a'}"),
                arguments("a trailing comma", "{\"text\":\"a\",}"),
                arguments("a comment", "{\"text\":\"a\"/* ! */}"),
                arguments("NaN", "{" + LATE + ",\"vector\":[NaN],\"model\":\"m\"}"),
                arguments("a bare control character", "{\"text\":\"a\u0001b\"}"),
                arguments("a key twice", "{\"text\":\"a\",\"text\":\"b\"}"),
                arguments("an attribute twice", "{\"text\":\"a\",\"attributes\":{\"x\":1,\"x\":2}}"),
                arguments(
                        "33 levels", "{" + LATE + ",\"attributes\":{\"x\":" + "[".repeat(40) + "]".repeat(40) + "}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodiesThatAreNoJson")
    void refusesWhatIsNotJson(String name, String body) {
        HttpProbe bus = HttpProbe.at(port);

        Answer answer = bus.post("/facts", body);

        assertThat(answer).isProblem(400, "malformed-json");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    static Stream<Arguments> factsWithABadField() {
        return Stream.of(
                arguments("no text", "{\"subject\":\"a\"}", "text"),
                arguments("a null text", "{\"text\":null}", "text"),
                arguments("an empty text", fact(""), "text"),
                arguments("a blank text", fact(" \t\n "), "text"),
                arguments("8,193 characters", fact("a".repeat(8193)), "text"),
                arguments("a control character", fact("a\u0007b"), "text"),
                arguments("a null character", fact("a\u0000b"), "text"),
                arguments("a lone high surrogate", fact("a\ud83d"), "text"),
                arguments("a lone low surrogate", fact("\ude00a"), "text"),
                arguments("a number for text", "{\"text\":7}", "text"),
                arguments("an array for text", "{\"text\":[\"a\"]}", "text"),
                arguments("attributes that are a list", "{" + LATE + ",\"attributes\":[]}", "attributes"),
                arguments("65 attributes", "{" + LATE + ",\"attributes\":{" + attributes(65, "1") + "}}", "attributes"),
                arguments("an attribute's bad name", "{" + LATE + ",\"attributes\":{\"a b\":1}}", "attributes"),
                arguments("an attribute's empty name", "{" + LATE + ",\"attributes\":{\"\":1}}", "attributes"),
                arguments(
                        "an object in an attribute", "{" + LATE + ",\"attributes\":{\"a\":{\"b\":1}}}", "attributes.a"),
                arguments("an array in an attribute", "{" + LATE + ",\"attributes\":{\"a\":[1]}}", "attributes.a"),
                arguments("a null attribute", "{" + LATE + ",\"attributes\":{\"a\":null}}", "attributes.a"),
                arguments(
                        "an attribute of 80 bits",
                        "{" + LATE + ",\"attributes\":{\"a\":1" + "0".repeat(24) + "}}",
                        "attributes.a"),
                arguments("an infinite attribute", "{" + LATE + ",\"attributes\":{\"a\":1e999}}", "attributes.a"),
                arguments(
                        "a surrogate in an attribute",
                        "{" + LATE + ",\"attributes\":{\"a\":\"\\ud800\"}}",
                        "attributes.a"),
                arguments(
                        "4,097 characters in one",
                        "{" + LATE + ",\"attributes\":{\"a\":" + quoted("a".repeat(4097)) + "}}",
                        "attributes.a"),
                arguments("ttl of zero", "{" + LATE + ",\"ttl\":\"PT0S\"}", "ttl"),
                arguments("a negative ttl", "{" + LATE + ",\"ttl\":\"-PT1H\"}", "ttl"),
                arguments("a ttl of 367 days", "{" + LATE + ",\"ttl\":\"P367D\"}", "ttl"),
                arguments("a ttl beyond all time", "{" + LATE + ",\"ttl\":\"PT999999999999999H\"}", "ttl"),
                arguments("a ttl that overflows", "{" + LATE + ",\"ttl\":\"PT9999999999999999999S\"}", "ttl"),
                arguments("a ttl in words", "{" + LATE + ",\"ttl\":\"an hour\"}", "ttl"),
                arguments("a bare number as ttl", "{" + LATE + ",\"ttl\":3600}", "ttl"),
                arguments("an empty ttl", "{" + LATE + ",\"ttl\":\"\"}", "ttl"),
                arguments("a day that is none", "{" + LATE + ",\"occurredAt\":\"2026-02-30T00:00:00Z\"}", "occurredAt"),
                arguments("a bare number as time", "{" + LATE + ",\"occurredAt\":1795428930}", "occurredAt"),
                arguments("the year 10000", "{" + LATE + ",\"occurredAt\":\"+10000-01-01T00:00:00Z\"}", "occurredAt"),
                arguments("a cause that is no id", "{" + LATE + ",\"cause\":\"first\"}", "cause"),
                arguments(
                        "a cause of many digits", "{" + LATE + ",\"cause\":\"0-" + "9".repeat(40) + "-0\"}", "cause"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("factsWithABadField")
    void refusesAFactWithABadField(String name, String body, String field) {
        HttpProbe bus = HttpProbe.at(port);

        Answer answer = bus.post("/facts", body);

        assertThat(answer).isProblem(400, "invalid-field", field);
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    static Stream<Arguments> factsWithABadVector() {
        String zero = Samples.array(IntStream.range(0, 384).mapToObj(i -> "0"));
        return Stream.of(
                arguments("no numbers", factWithVector(MODEL, vectorOf(Float.NaN, 384)), "vector"),
                arguments("infinite numbers", factWithVector(MODEL, vectorOf(Float.POSITIVE_INFINITY, 384)), "vector"),
                arguments("zeros", factWithVector(MODEL, vectorOf(0, 384)), "vector"),
                arguments(
                        "zeros as numbers",
                        "{" + LATE + ",\"model\":\"" + MODEL + "\",\"vector\":" + zero + "}",
                        "vector"),
                arguments("383 components", factWithVector(MODEL, vectorOf(1, 383)), "vector"),
                arguments(
                        "4,097 components",
                        "{" + LATE + ",\"model\":\"" + MODEL + "\",\"vector\":[" + "1,".repeat(4096) + "1]}",
                        "vector"),
                arguments("no components", "{" + LATE + ",\"model\":\"" + MODEL + "\",\"vector\":[]}", "vector"),
                arguments("words", "{" + LATE + ",\"model\":\"" + MODEL + "\",\"vector\":[\"one\"]}", "vector"),
                arguments("an object", "{" + LATE + ",\"model\":\"" + MODEL + "\",\"vector\":{}}", "vector"),
                arguments("no base64", "{" + LATE + ",\"model\":\"" + MODEL + "\",\"vector\":\"!\"}", "vector"),
                arguments("five bytes", "{" + LATE + ",\"model\":\"" + MODEL + "\",\"vector\":\"AAAAAAA=\"}", "vector"),
                arguments("another model", factWithVector("all-MiniLM-L6-v2", vectorOf(1, 384)), "model"),
                arguments("no model", "{" + LATE + ",\"vector\":[1]}", "model"),
                arguments("a model alone", "{" + LATE + ",\"model\":\"" + MODEL + "\"}", "vector"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("factsWithABadVector")
    void refusesAFactWithABadVector(String name, String body, String field) {
        HttpProbe bus = HttpProbe.at(port);

        Answer answer = bus.post("/facts", body);

        assertThat(answer).isProblem(400, "invalid-field", field);
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("io.thoughtbus.server.Samples#HOSTILE_IDS")
    void refusesAnIdThatWouldBreakAKeyOrAQuery(String id) {
        HttpProbe bus = HttpProbe.at(port);

        for (String field : new String[] {"subject", "key", "publisher"}) {
            assertThat(bus.post("/facts", "{" + LATE + ",\"" + field + "\":" + quoted(id) + "}"))
                    .isProblem(400, "invalid-field", field);
        }

        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void refusesAFieldThatNoFactHas() {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.post("/facts", "{" + LATE + ",\"txet\":1}")).isProblem(400, "unknown-field", "txet");
        assertThat(bus.post("/facts", "{" + LATE + ",\"id\":\"0-1-1\"}")).isProblem(400, "unknown-field", "id");
        assertThat(bus.post("/facts", "{" + LATE + ",\"\\ud800\":1}")).hasStatus(400);
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void refusesAFactOverSixtyFourKibibytes() {
        HttpProbe bus = HttpProbe.at(port);

        Answer answer =
                bus.post("/facts", "{" + LATE + ",\"attributes\":{" + attributes(20, quoted("a".repeat(4000))) + "}}");

        assertThat(answer).isProblem(413, "too-large");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void takesAFactThatReachesEveryBound() {
        HttpProbe bus = HttpProbe.at(port);
        String longest = "\ud83d\ude00".repeat(8192);

        String id = bus.publish("{\"text\":" + quoted(longest).replace("\\ud83d\\ude00", "\ud83d\ude00")
                + ",\"subject\":\"" + "s".repeat(128) + "\",\"attributes\":{" + attributes(64, "1.5") + "},"
                + "\"ttl\":\"P366D\",\"occurredAt\":\"9999-12-31T23:59:59.999Z\"}");

        assertThat(bus.get("/facts/" + id).json().get("text").asString()).isEqualTo(longest);
    }

    private static String attributes(int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"a" + i + "\":" + value)
                .collect(Collectors.joining(","));
    }
}
