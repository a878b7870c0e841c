package io.thoughtbus.server.journal;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.AnswerAssert.isProblem;
import static io.thoughtbus.server.Samples.MODEL;
import static io.thoughtbus.server.Samples.array;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.factWithVector;
import static io.thoughtbus.server.Samples.facts;
import static io.thoughtbus.server.Samples.quoted;
import static io.thoughtbus.server.Samples.vectorOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class RefusedBatchTest {
    @LocalServerPort
    private int port;

    @Test
    void answersEachFactOfABatchInItsPlace() {
        HttpProbe bus = HttpProbe.at(port);

        Answer answer = bus.post(
                "/facts",
                array(Stream.of(
                        fact("the first"),
                        fact(""),
                        fact("the third"),
                        "{\"text\":\"a\",\"colour\":1}",
                        "null",
                        "7",
                        factWithVector(MODEL, vectorOf(0, 384)),
                        "{\"text\":\"a\",\"attributes\":{" + attributes(20) + "}}",
                        fact("the last"))));

        assertThat(answer).hasStatus(207);
        List<JsonNode> answers = answer.json().valueStream().toList();
        isProblem(answers.get(1), 400, "invalid-field", "text");
        isProblem(answers.get(3), 400, "unknown-field", "colour");
        isProblem(answers.get(4), 400, "invalid-field", null);
        assertThat(answers.get(5).path("status").asInt()).isEqualTo(400);
        isProblem(answers.get(6), 400, "invalid-field", "vector");
        isProblem(answers.get(7), 413, "too-large", null);
        assertThat(Stream.of(0, 2, 8).map(i -> text(bus, answers.get(i))))
                .containsExactly("the first", "the third", "the last");
        assertThat(bus.get("/facts").json().get("facts")).hasSize(3);
    }

    @Test
    void refusesABatchOfBadFactsWithAProblemForEach() {
        HttpProbe bus = HttpProbe.at(port);

        Answer answer = bus.post("/facts", array(Stream.of(fact(""), "{\"text\":\"a\",\"ttl\":\"soon\"}")));

        assertThat(answer).isProblem(400, "invalid-field", "[0].text");
        List<JsonNode> errors = answer.json().get("errors").valueStream().toList();
        assertThat(errors).hasSize(2);
        isProblem(errors.get(0), 400, "invalid-field", "[0].text");
        isProblem(errors.get(1), 400, "invalid-field", "[1].ttl");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void refusesABatchOfMoreThanAThousandAndTakesAThousand() {
        HttpProbe bus = HttpProbe.at(port);

        Answer tooMany = bus.post("/facts", facts(1001));
        assertThat(tooMany).isProblem(400, "invalid-field", "the array's length");
        assertThat(Stored.of(bus.namespace())).isEmpty();

        Answer most = bus.post("/facts", facts(1000));
        assertThat(most).hasStatus(201);
        assertThat(most.json()).hasSize(1000);
    }

    @Test
    void refusesAnEmptyBatch() {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.post("/facts", "[]")).isProblem(400, "invalid-field", "the array's length");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void refusesABatchOfBatches() {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.post("/facts", "[[" + fact("a") + "]]")).isProblem(400, "invalid-field", "[0]");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void storesNothingOfABatchThatIsCutShort() {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.post("/facts", "[" + fact("a") + "," + fact("b") + ",{\"te"))
                .isProblem(400, "malformed-json");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void leavesTheKeyOfARefusedFactFree() {
        HttpProbe bus = HttpProbe.at(port);
        String zero = factWithVector(MODEL, vectorOf(0, 384));

        assertThat(bus.post("/facts", withKey(zero))).isProblem(400, "invalid-field", "vector");

        assertThat(bus.post("/facts", withKey(factWithVector(MODEL, vectorOf(1, 384)))))
                .hasStatus(201);
    }

    private static String text(HttpProbe bus, JsonNode published) {
        return bus.get("/facts/" + published.get("id").asString())
                .json()
                .get("text")
                .asString();
    }

    private static String withKey(String fact) {
        return "{\"key\":\"order-7\"," + fact.substring(1);
    }

    private static String attributes(int count) {
        return String.join(
                ",",
                IntStream.range(0, count)
                        .mapToObj(i -> "\"a" + i + "\":" + quoted("a".repeat(4000)))
                        .toList());
    }
}
