package io.thoughtbus.server.journal;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.AnswerAssert.isProblem;
import static io.thoughtbus.server.Samples.fact;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.RawSocket;
import io.thoughtbus.server.Stored;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BusTest
class FactLinesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    private int port;

    @Test
    void answersALineWhileTheRequestIsStillOpen() {
        HttpProbe bus = HttpProbe.at(port);

        try (RawSocket socket = open(bus)) {
            String first = socket.say(chunk(fact("the first") + "\n")).hearUntil("}\n\r\n");
            String second = socket.say(chunk(fact("the second") + "\n")).hearUntil("}\n\r\n");
            String end = socket.say("0\r\n\r\n").hearUntil("0\r\n\r\n");

            assertThat(first)
                    .startsWith("HTTP/1.1 200")
                    .contains("application/x-ndjson")
                    .contains("\"id\":\"");
            assertThat(second).contains("\"id\":\"");
            assertThat(end).doesNotContain("id");
        }
        assertThat(bus.get("/facts").json().get("facts")).hasSize(2);
    }

    @Test
    void answersALineThoughTheNextHasOnlyBegun() {
        HttpProbe bus = HttpProbe.at(port);

        try (RawSocket socket = open(bus)) {
            String first = socket.say(chunk(fact("the first") + "\n{\"te")).hearUntil("}\n\r\n");
            String second = socket.say(chunk("xt\":\"the second\"}\n")).hearUntil("}\n\r\n");

            assertThat(first).contains("\"id\":\"");
            assertThat(second).contains("\"id\":\"");
            socket.say("0\r\n\r\n").hearUntil("0\r\n\r\n");
        }
    }

    @Test
    void goesOnAfterALineThatIsNoFact() {
        HttpProbe bus = HttpProbe.at(port);

        List<JsonNode> answers = publish(
                bus,
                String.join(
                        "\n",
                        fact("the first"),
                        "{\"text\":",
                        fact("a".repeat(70_000)),
                        "",
                        "   ",
                        fact(""),
                        "null",
                        "[" + fact("a") + "]",
                        fact("a") + fact("b"),
                        "\u0000\u0001",
                        fact("the last")));

        assertThat(answers).hasSize(9);
        isProblem(answers.get(1), 400, "malformed-json", null);
        isProblem(answers.get(2), 413, "too-large", null);
        isProblem(answers.get(3), 400, "invalid-field", "text");
        assertThat(answers.get(4).get("status").asInt()).isEqualTo(400);
        assertThat(answers.get(5).get("status").asInt()).isEqualTo(400);
        isProblem(answers.get(6), 400, "malformed-json", null);
        isProblem(answers.get(7), 400, "malformed-json", null);
        assertThat(bus.get("/facts")
                        .json()
                        .get("facts")
                        .valueStream()
                        .map(fact -> fact.get("text").asString()))
                .containsExactlyInAnyOrder("the first", "the last");
    }

    @Test
    void answersThousandsOfLinesInTheirOrder() {
        HttpProbe bus = HttpProbe.at(port);

        List<JsonNode> answers = publish(
                bus,
                IntStream.range(0, 3000)
                        .mapToObj(i -> fact("parcel " + i, "parcel-" + i % 7))
                        .collect(Collectors.joining("\r\n")));

        assertThat(answers).hasSize(3000);
        for (int i : new int[] {0, 255, 256, 1024, 2999}) {
            String id = answers.get(i).get("id").asString();
            assertThat(bus.get("/facts/" + id).json().get("text").asString()).isEqualTo("parcel " + i);
        }
    }

    @Test
    void storesNothingOfARequestWithoutALine() {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(publish(bus, "")).isEmpty();
        assertThat(publish(bus, "\n\r\n \n")).isEmpty();
        assertThat(publish(bus, fact("") + "\n{\n")).hasSize(2);

        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    private RawSocket open(HttpProbe bus) {
        return new RawSocket(port)
                .say("POST /v1/" + bus.namespace() + "/facts HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    private static String chunk(String content) {
        return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
    }

    private static List<JsonNode> publish(HttpProbe bus, String lines) {
        Answer answer = bus.send(bus.request("/facts")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines)));
        assertThat(answer).hasStatus(200);
        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        return answer.body().lines().map(line -> JSON.readTree(line)).toList();
    }
}
