package io.thoughtbus.server.journal;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.AnswerAssert.isProblem;
import static io.thoughtbus.server.Samples.array;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class CauseTest {
    private static final int DEEPEST = 16;
    private static final int MOST_DESCENDANTS = 1_000;

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void connect() {
        bus = HttpProbe.at(port);
    }

    @Test
    void aFactWithoutACauseHasNoDepthAndNoRoot() {
        JsonNode told = told(bus.publish(fact("a parcel is late")));

        assertThat(told.get("depth").asInt()).isZero();
        assertThat(told.has("root")).isFalse();
    }

    @Test
    void aFactIsOneDeeperThanItsCauseAndOfTheSameRoot() {
        String root = bus.publish(fact("a parcel is late"));
        String first = bus.publish(causedBy(root, ""));
        String second = bus.publish(causedBy(first, ""));

        assertThat(told(first).get("depth").asInt()).isEqualTo(1);
        assertThat(told(first).get("root").asString()).isEqualTo(root);
        assertThat(told(second).get("depth").asInt()).isEqualTo(2);
        assertThat(told(second).get("root").asString()).isEqualTo(root);
        assertThat(told(second).get("cause").asString()).isEqualTo(first);
    }

    @Test
    void aWakeAsACauseStandsForItsFact() {
        bus.declare("late", subscription("a parcel is late"));
        String late = bus.publish(fact("a parcel is late"));
        String wake =
                bus.take("late", 1, Duration.ofSeconds(10)).get(0).get("id").asString();

        JsonNode answered = told(bus.publish(causedBy(wake, "")));

        assertThat(answered.get("cause").asString()).isEqualTo(late);
        assertThat(answered.get("depth").asInt()).isEqualTo(1);
    }

    @Test
    void aCauseThatNobodyKnowsIsTakenForTheFirstOfItsChain() {
        bus.publish(fact("a parcel is late"));

        JsonNode told = told(bus.publish(causedBy("63-9999999999999-5", "")));

        assertThat(told.get("depth").asInt()).isEqualTo(1);
        assertThat(told.get("root").asString()).isEqualTo("63-9999999999999-5");
    }

    @Test
    void aFactThatWouldStandTooDeepIsRefusedWithItsDepthTheBoundAndTheRoot() {
        String root = bus.publish(fact("a parcel is late"));
        String deepest = IntStream.range(0, DEEPEST)
                .boxed()
                .reduce(root, (cause, i) -> bus.publish(causedBy(cause, "")), (a, b) -> b);
        assertThat(told(deepest).get("depth").asInt()).isEqualTo(DEEPEST);
        int stored = bus.get("/facts").json().get("facts").size();

        Answer answer = bus.post("/facts", causedBy(deepest, ",\"key\":\"k\""));

        assertThat(answer).isProblem(409, "chain-too-long", "cause");
        assertThat(answer.json().get("detail").asString())
                .isEqualTo("cause " + deepest + " would give this fact the depth 17, and chains of causes end at 16; "
                        + "this one began with " + root);
        assertThat(answer.header("Retry-After")).isEmpty();
        assertThat(bus.get("/facts").json().get("facts")).hasSize(stored);
        bus.publish(causedBy(root, ",\"key\":\"k\""));
    }

    @Test
    void oneFactTooDeepInABatchKeepsTheOthersFromNothing() {
        String root = bus.publish(fact("a parcel is late"));
        String deepest = IntStream.range(0, DEEPEST)
                .boxed()
                .reduce(root, (cause, i) -> bus.publish(causedBy(cause, "")), (a, b) -> b);

        Answer answer =
                bus.post("/facts", array(List.of(causedBy(root, ""), causedBy(deepest, ""), fact("a van")).stream()));

        assertThat(answer).hasStatus(207);
        isProblem(answer.json().get(1), 409, "chain-too-long", "cause");
        assertThat(answer.json().get(0).has("id")).isTrue();
        assertThat(answer.json().get(2).has("id")).isTrue();
    }

    @Test
    void thoseThatDescendFromOneFactAreBoundedHoweverTheirChainsBranch() {
        String root = bus.publish(fact("a parcel is late"));
        String branch = bus.publish(causedBy(root, ",\"key\":\"branch\""));
        publishCausedBy(branch, 500);
        publishCausedBy(root, MOST_DESCENDANTS - 503);

        Answer last = bus.post(
                "/facts", array(IntStream.range(0, 4).mapToObj(i -> causedBy(i % 2 == 0 ? root : branch, ""))));
        Answer further = bus.post("/facts", causedBy(branch, ""));
        Answer repeated = bus.post("/facts", causedBy(root, ",\"key\":\"branch\""));

        assertThat(last).hasStatus(207);
        assertThat(last.json().valueStream().filter(answer -> answer.has("id"))).hasSize(2);
        assertThat(further).isProblem(429, "too-many-descendants", "cause");
        assertThat(further.json().get("detail").asString())
                .startsWith("cause belongs to the descendants of " + root + ", of which there may be 1000 a day; "
                        + "further ones are taken in PT2");
        assertThat(Integer.parseInt(further.header("Retry-After"))).isBetween(80_000, 86_400);
        assertThat(repeated).hasStatus(201);
        assertThat(repeated.json().get("id").asString()).isEqualTo(branch);
        assertThat(bus.post("/facts", fact("a van"))).hasStatus(201);
        assertThat(bus.post("/facts", causedBy("0-1-1", ""))).hasStatus(201);
    }

    @Test
    void whatHasNoCauseIsCountedNowhere() {
        bus.publish("{\"text\":\"a parcel is late\",\"key\":\"k\"}");

        assertThat(Stored.of(bus.namespace())).noneMatch(key -> key.contains("descendants"));
    }

    private void publishCausedBy(String cause, int count) {
        bus.publishAll(
                IntStream.range(0, count).mapToObj(i -> causedBy(cause, "")).toList());
    }

    private JsonNode told(String id) {
        return bus.get("/facts/" + id).json();
    }

    private static String causedBy(String cause, String further) {
        return "{\"text\":\"a van is sent\",\"cause\":\"" + cause + "\"" + further + "}";
    }
}
