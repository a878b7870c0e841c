package io.thoughtbus.server.memory;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class RefusedSearchTest {
    @LocalServerPort
    private int port;

    static Stream<Arguments> questionsWithABadField() {
        return Stream.of(
                arguments("/facts:search", "{}", "text"),
                arguments("/facts:search", "{\"text\":\" \"}", "text"),
                arguments("/facts:search", "{\"text\":" + quoted("a".repeat(8193)) + "}", "text"),
                arguments("/facts:search", "{\"text\":\"a\\ud800\"}", "text"),
                arguments("/facts:search", "{\"text\":\"a\",\"limit\":0}", "limit"),
                arguments("/facts:search", "{\"text\":\"a\",\"limit\":1001}", "limit"),
                arguments("/facts:search", "{\"text\":\"a\",\"limit\":\"*\"}", "limit"),
                arguments("/facts:search", "{\"text\":\"a\",\"threshold\":1.01}", "threshold"),
                arguments("/facts:search", "{\"text\":\"a\",\"threshold\":-2}", "threshold"),
                arguments("/facts:search", "{\"text\":\"a\",\"subject\":\"x} | *\"}", "subject"),
                arguments("/facts:search", "{\"text\":\"a\",\"subject\":\"\"}", "subject"),
                arguments("/explain", "{}", "text"),
                arguments("/explain", "{\"text\":\"a\",\"fact\":\"0-1-1\"}", "text"),
                arguments("/explain", "{\"text\":\"\\u0000\"}", "text"),
                arguments("/explain", "{\"fact\":\"0\"}", "fact"),
                arguments("/explain", "{\"text\":\"a\",\"subscription\":\"a b\"}", "subscription"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("questionsWithABadField")
    void refusesAQuestionWithABadField(String path, String body, String field) {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.post(path, body)).isProblem(400, "invalid-field", field);
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    static Stream<Arguments> queriesWithABadField() {
        return Stream.of(
                arguments("/facts?limit=0", "limit"),
                arguments("/facts?limit=1001", "limit"),
                arguments("/facts?limit=ten", "limit"),
                arguments("/facts?after=first", "after"),
                arguments("/facts?after=0-1-1)", "after"),
                arguments("/facts?subject=a%7Cb", "subject"),
                arguments("/facts?subject=", "subject"),
                arguments("/facts/first", "id"),
                arguments("/subscriptions?limit=0", "limit"),
                arguments("/subscriptions?after=-1", "after"),
                arguments("/subscriptions?after=99999999", "after"),
                arguments("/subscriptions?subscriber=*", "subscriber"),
                arguments("/subscriptions?subscriber=a%7D%20%7C%20*", "subscriber"),
                arguments("/subscriptions?about=", "about"),
                arguments("/subscriptions?about=%20", "about"),
                arguments("/subscriptions?about=a%00", "about"));
    }

    @ParameterizedTest
    @MethodSource("queriesWithABadField")
    void refusesAQueryWithABadField(String path, String field) {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.get(path)).isProblem(400, "invalid-field", field);
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void refusesFactsThatAreNotThere() {
        HttpProbe bus = HttpProbe.at(port);
        bus.publish("{\"text\":\"a parcel is late\"}");

        assertThat(bus.get("/facts/0-1-1")).isProblem(404, "fact-not-found");
        assertThat(bus.get("/facts/99-9999999999999999-9999999999999999")).isProblem(404, "fact-not-found");
        assertThat(bus.post("/explain", "{\"fact\":\"0-1-1\"}")).isProblem(404, "fact-not-found");
        assertThat(bus.post("/explain", "{\"text\":\"a\",\"subscription\":\"nowhere\"}"))
                .isProblem(404, "subscription-not-found");
    }

    @Test
    void refusesSettingsOfANamespaceThatMakeNoSense() {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.put("", "{}")).isProblem(400, "invalid-field", "ttl");
        assertThat(bus.put("", "{\"ttl\":\"PT0.5S\"}")).isProblem(400, "invalid-field", "ttl");
        assertThat(bus.put("", "{\"ttl\":\"P400D\"}")).isProblem(400, "invalid-field", "ttl");
        assertThat(bus.put("", "{\"ttl\":86400}")).isProblem(400, "invalid-field", "ttl");
        assertThat(bus.put("", "{\"ttl\":\"PT1H\",\"shards\":3}")).isProblem(400, "unknown-field", "shards");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }
}
