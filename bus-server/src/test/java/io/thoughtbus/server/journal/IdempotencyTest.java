package io.thoughtbus.server.journal;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.AnswerAssert.isProblem;
import static io.thoughtbus.server.Samples.array;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class IdempotencyTest {
    private static final String FACT =
            "{\"text\":\"a parcel is late\",\"subject\":\"parcel-7\",\"publisher\":\"depot\",\"key\":\"scan-1\"}";

    @LocalServerPort
    private int port;

    @Test
    void publishesAFactOfOneKeyOnce() {
        HttpProbe bus = HttpProbe.at(port);

        Answer first = bus.post("/facts", FACT);
        Answer second = bus.post("/facts", FACT);

        assertThat(first).hasStatus(201);
        assertThat(first.json().get("duplicate").asBoolean()).isFalse();
        assertThat(second).hasStatus(201);
        assertThat(second.json().get("duplicate").asBoolean()).isTrue();
        assertThat(second.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(bus.get("/facts").json().get("facts")).hasSize(1);
    }

    @Test
    void refusesAnotherFactUnderAKnownKeyWhateverItsSubject() {
        HttpProbe bus = HttpProbe.at(port);
        bus.publish(FACT);

        List<String> others = List.of(
                FACT.replace("late", "lost"),
                FACT.replace("parcel-7", "parcel-8"),
                FACT.replace("\"subject\":\"parcel-7\",", ""),
                FACT.replace("{", "{\"ttl\":\"PT1H\","),
                FACT.replace("{", "{\"attributes\":{\"a\":1},"));

        assertThat(others)
                .allSatisfy(other -> assertThat(bus.post("/facts", other)).isProblem(409, "key-reused", "key"));
        assertThat(bus.get("/facts").json().get("facts")).hasSize(1);
    }

    @Test
    void keepsTheKeysOfPublishersAndNamespacesApart() {
        HttpProbe bus = HttpProbe.at(port);
        HttpProbe other = HttpProbe.at(port);

        bus.publish(FACT);
        bus.publish(FACT.replace("depot", "shop").replace("late", "lost"));
        bus.publish(FACT.replace("\"publisher\":\"depot\",", "").replace("late", "found"));
        other.publish(FACT.replace("late", "stolen"));

        assertThat(bus.get("/facts").json().get("facts")).hasSize(3);
        assertThat(other.get("/facts").json().get("facts")).hasSize(1);
    }

    @Test
    void takesAFactWithItsAttributesInAnotherOrderForTheSame() {
        HttpProbe bus = HttpProbe.at(port);

        String id = bus.publish("{\"text\":\"a\",\"key\":\"k\",\"attributes\":{\"x\":1,\"y\":2}}");
        Answer again = bus.post("/facts", "{\"attributes\":{\"y\":2,\"x\":1},\"key\":\"k\",\"text\":\"a\"}");

        assertThat(again).hasStatus(201);
        assertThat(again.json().get("id").asString()).isEqualTo(id);
    }

    @Test
    void answersDuplicatesWithinABatchInTheirPlaces() {
        HttpProbe bus = HttpProbe.at(port);

        Answer answer = bus.post("/facts", array(Stream.of(FACT, FACT, FACT.replace("late", "lost"))));

        assertThat(answer).hasStatus(207);
        List<JsonNode> answers = answer.json().valueStream().toList();
        assertThat(answers.get(0).get("duplicate").asBoolean()).isFalse();
        assertThat(answers.get(1).get("duplicate").asBoolean()).isTrue();
        assertThat(answers.get(1).get("id")).isEqualTo(answers.get(0).get("id"));
        isProblem(answers.get(2), 409, "key-reused", "key");
    }

    @Test
    void publishesAFactOnceThoughManyPublishItAtTheSameTime() {
        HttpProbe bus = HttpProbe.at(port);

        List<Answer> answers = IntStream.range(0, 64).mapToObj(i -> bus.postAsync("/facts", FACT)).toList().stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers.stream().map(answer -> answer.json().get("id")))
                .containsOnly(answers.get(0).json().get("id"));
        assertThat(answers.stream()
                        .filter(answer -> !answer.json().get("duplicate").asBoolean()))
                .hasSize(1);
    }

    @Test
    void givesAKeyToOneFactThoughManyClaimItAtTheSameTime() {
        HttpProbe bus = HttpProbe.at(port);

        List<Answer> answers = IntStream.range(0, 64)
                .mapToObj(i -> bus.postAsync("/facts", FACT.replace("parcel-7", "parcel-" + i)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() == 409)).hasSize(63);
        assertThat(bus.get("/facts").json().get("facts")).hasSize(1);
    }
}
