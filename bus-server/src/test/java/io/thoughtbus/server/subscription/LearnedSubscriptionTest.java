package io.thoughtbus.server.subscription;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import io.thoughtbus.server.journal.Shards;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class LearnedSubscriptionTest {
    private static final String LATE = """
            {"subscriber": "agent", "interest": {
              "text": "a parcel is late",
              "examples": ["parcel 7 comes two days late", "the driver says the parcel is late again"],
              "counterexamples": ["a parcel is not late"]}}""";
    private static final String LATE_TOO = """
            {"subscriber": "other", "interest": {
              "text": "a parcel is late",
              "examples": ["parcel 9 comes three days late", "the driver says this parcel is late again"]}}""";

    @LocalServerPort
    private int port;

    @Autowired
    private Shards shards;

    @Autowired
    private IndexCheck check;

    private HttpProbe bus;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
    }

    @Test
    void examplesWakeAndCounterexamplesDoNot() {
        bus.declare("late", LATE);

        bus.publish(fact("a parcel is not late"));
        String late = bus.publish(fact("the driver says the parcel is late again"));

        assertThat(bus.takeAll("late", 1))
                .singleElement()
                .satisfies(wake -> assertThat(wake.at("/fact/id").asString()).isEqualTo(late));
    }

    @Test
    void aCounterexampleChangesWhatWakes() {
        bus.declare("late", LATE.replace("[\"a parcel is not late\"]}", "[]}, \"guard\": false"));

        String denied = bus.publish(fact("a parcel is not late"));

        assertThat(bus.takeAll("late", 1))
                .singleElement()
                .satisfies(wake -> assertThat(wake.at("/fact/id").asString()).isEqualTo(denied));
    }

    @Test
    void aThresholdThatIsGivenIsInForce() {
        JsonNode late = bus.declare("late", LATE.replace("\"interest\"", "\"threshold\": 0.99, \"interest\""));

        assertThat(late.get("threshold").asDouble()).isEqualTo(0.99);
    }

    @Test
    void theSameDeclarationAgainIsNotLearnedAgain() {
        JsonNode late = bus.declare("late", LATE);
        bus.declare("other", subscription("a parcel is lost"));

        Answer again = bus.put("/subscriptions/late", LATE);

        assertThat(again).hasStatus(200);
        assertThat(again.json()).isEqualTo(late);
    }

    @Test
    void whatWasLearnedIsMendedToTheByteWhateverWasDeclaredSince() {
        IndexInHand held = new IndexInHand(bus.namespace(), shards);
        bus.declare("late", LATE);
        bus.declare("lost", subscription("the parcel is lost"));
        Map<String, String> before = held.stored();

        held.forgetInterest();
        check.run(bus.namespace());

        assertThat(held.stored()).isEqualTo(before);
    }

    @Test
    void twoSubscribersToTheSameAreBothWoken() {
        bus.declare("late", LATE);
        bus.declare("late-too", LATE_TOO);

        bus.publish(fact("the driver says the parcel is late again"));

        assertThat(bus.takeAll("late", 1)).hasSize(1);
        assertThat(bus.takeAll("late-too", 1)).hasSize(1);
    }

    @Test
    void refusesATextThatShouldBothWakeAndNotWake() {
        Answer answer = bus.put("/subscriptions/late", LATE.replace("a parcel is not late", "a parcel is late"));

        assertThat(answer).isProblem(400, "invalid-field", "interest.counterexamples[0]");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void onceItIsDeletedOnlyItsVectorIsLeftForReplaysOfThePast() {
        bus.declare("late", LATE);

        bus.delete("/subscriptions/late");

        assertThat(Stored.of(bus.namespace()))
                .filteredOn(key -> key.contains("late"))
                .allMatch(key -> key.contains(":retired:"));
    }
}
