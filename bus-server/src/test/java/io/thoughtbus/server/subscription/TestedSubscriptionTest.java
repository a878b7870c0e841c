package io.thoughtbus.server.subscription;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class TestedSubscriptionTest {
    private static final String PASSING = ",\"tests\":{\"shouldWake\":[\"the parcel of user 3 is late\"],"
            + "\"shouldNotWake\":[\"the parcel of user 3 is not late\",\"it rains in Spain\"]}";
    private static final String FAILING = PASSING.replace("it rains in Spain", "a parcel of user 9 is late");

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
    }

    @Test
    void aDeclarationWhoseTestsPassIsAcceptedAndKeepsThem() {
        JsonNode declared = bus.declare("late", subscription("the parcel of a user is late", PASSING));

        assertThat(declared.at("/tests/shouldWake/0").asString()).isEqualTo("the parcel of user 3 is late");
        assertThat(declared.get("notes")).isEmpty();
    }

    @Test
    void aDeclarationWhoseTestsFailIsRefusedAndNamesThem() {
        Answer refused = bus.put("/subscriptions/late", subscription("the parcel of a user is late", FAILING));

        assertThat(refused).hasStatus(409);
        assertThat(refused.json().get("type").asString()).endsWith("tests-failed");
        assertThat(refused.json().get("detail").asString())
                .contains("\"a parcel of user 9 is late\" should not wake but lies")
                .doesNotContain("user 3")
                .contains("?force=true");
        assertThat(bus.get("/subscriptions/late")).hasStatus(404);
    }

    @Test
    void itIsAcceptedByForceAndNotesWhatFails() {
        Answer forced =
                bus.put("/subscriptions/late?force=true", subscription("the parcel of a user is late", FAILING));

        assertThat(forced).hasStatus(201);
        assertThat(forced.json().at("/notes/0").asString()).contains("a parcel of user 9 is late");
        assertThat(bus.get("/subscriptions/late").json()).isEqualTo(forced.json());
    }

    @Test
    void aTestOnBothSidesIsRefused() {
        Answer refused = bus.put(
                "/subscriptions/late",
                subscription("x", ",\"tests\":{\"shouldWake\":[\"a\"],\"shouldNotWake\":[\"b\",\"a\"]}"));

        assertThat(refused).hasStatus(400);
        assertThat(refused.json().get("field").asString()).isEqualTo("tests.shouldNotWake[1]");
    }

    @Test
    void aSubscriptionTellsWhatToExpect() {
        bus.declare("lost", subscription("the parcel of a user is lost"));
        bus.publish(fact("the parcel of user 3 is late"));
        bus.publish(fact("the parcel of user 3 is not late"));
        bus.publish(fact("it rains in Spain"));

        JsonNode outlook = bus.declare("late", subscription("the parcel of a user is late"))
                .get("outlook");

        assertThat(outlook.has("expected")).isFalse();
        assertThat(outlook.at("/forecast/facts").asInt()).isEqualTo(3);
        assertThat(outlook.at("/forecast/wakes").asInt()).isEqualTo(1);
        assertThat(outlook.at("/forecast/stopped").asInt()).isEqualTo(1);
        assertThat(outlook.at("/nearest/0/subscription").asString()).isEqualTo("lost");
        assertThat(outlook.at("/nearest/0/likeness").asDouble()).isBetween(0.5, 0.99);
    }

    @Test
    void withFiveExamplesItTellsPrecisionAndRecall() {
        JsonNode expected = bus.declare("late", """
                        {"subscriber": "agent", "interest": {"text": "a parcel is late", "examples": [
                          "parcel 7 is late", "the parcel of user 3 is late", "parcel 9 is very late",
                          "my parcel is late", "your parcel is late"], "counterexamples": ["a train is late"]}}""").at("/outlook/expected");

        assertThat(expected.get("recall").asDouble()).isBetween(0.5, 1.0);
        assertThat(expected.get("recallAtLeast").asDouble())
                .isLessThan(expected.get("recall").asDouble());
        assertThat(expected.get("precision").asDouble()).isBetween(0.5, 1.0);
        assertThat(expected.get("backgroundWakes").asDouble()).isLessThan(0.02);
    }

    @Test
    void aPreviewTellsWhatWouldChangeAndChangesNothing() {
        JsonNode before = bus.declare("late", subscription("the parcel of a user is late", ",\"threshold\":0.999"));
        String late = bus.publish(fact("the parcel of user 3 is late"));
        String denied = bus.publish(fact("the parcel of user 3 is not late"));
        bus.publish(fact("it rains in Spain"));

        JsonNode preview = bus.post(
                        "/subscriptions/late:preview?facts=100", subscription("the parcel of a user is late", FAILING))
                .json();

        assertThat(preview.get("gained")).hasSize(1);
        assertThat(preview.at("/gained/0/fact").asString()).isEqualTo(late);
        assertThat(preview.get("lost")).isEmpty();
        assertThat(preview.get("above")
                        .valueStream()
                        .map(fact -> fact.get("fact").asString()))
                .containsExactlyInAnyOrder(late, denied);
        assertThat(preview.get("below")).hasSize(1);
        assertThat(preview.get("histogram")
                        .valueStream()
                        .mapToInt(bin -> bin.get("facts").asInt())
                        .sum())
                .isEqualTo(3);
        assertThat(preview.at("/failures/0/text").asString()).isEqualTo("a parcel of user 9 is late");
        assertThat(bus.get("/subscriptions/late").json()).isEqualTo(before);
    }

    @Test
    void aPreviewLooksAtTenThousandFactsAtMost() {
        assertThat(bus.post("/subscriptions/late:preview?facts=10001", subscription("x")))
                .hasStatus(400);
    }

    @Test
    void anAimMovesTheThreshold() {
        double usual = threshold("usual", "");
        double precise = threshold("precise", ",\"aim\":\"precision\"");
        double broad = threshold("broad", ",\"aim\":\"recall\"");
        double half = threshold("half", ",\"aim\":0.5");

        assertThat(precise).isGreaterThan(usual);
        assertThat(broad).isLessThan(usual);
        assertThat(half).isLessThan(0.2);
    }

    @Test
    void anAimOfLearnedInterestsMovesTheThreshold() {
        String learned =
                "{\"subscriber\":\"a\",\"interest\":{\"examples\":[\"a parcel is late\",\"my parcel is late\"]}%s}";

        double usual =
                bus.declare("usual", learned.formatted("")).get("threshold").asDouble();
        double precise = bus.declare("precise", learned.formatted(",\"aim\":\"precision\""))
                .get("threshold")
                .asDouble();
        double broad = bus.declare("broad", learned.formatted(",\"aim\":0.2"))
                .get("threshold")
                .asDouble();

        assertThat(precise).isGreaterThan(usual);
        assertThat(broad).isLessThan(usual);
    }

    @Test
    void anAimThatIsNoneOrStandsBesideAThresholdIsRefused() {
        assertRefused(",\"aim\":\"luck\"", "precision, recall");
        assertRefused(",\"aim\":0.7", "at most 0.5");
        assertRefused(",\"aim\":\"recall\",\"threshold\":0.4", "must not be given with a threshold");
    }

    @Test
    void anInterestInAnotherLanguageOrOfEqualExamplesIsNoted() {
        assertThat(bus.declare("german", subscription("der Kunde ist mit der Lieferung nicht zufrieden"))
                        .at("/notes/0")
                        .asString())
                .contains("does not look English");
        assertThat(bus.declare("greek", subscription("ο πελάτης"))
                        .at("/notes/0")
                        .asString())
                .contains("does not look English");
        assertThat(bus.declare(
                                "same",
                                "{\"subscriber\":\"a\",\"interest\":{\"examples\":[\"a parcel is late\",\"a parcel is late\"]}}")
                        .at("/notes/0")
                        .asString())
                .contains("all examples are the same");
        assertThat(bus.declare("english", subscription("a customer in Berlin is not content"))
                        .get("notes"))
                .isEmpty();
    }

    @Test
    void anExampleThatTheGuardStopsIsNoted() {
        assertThat(bus.declare("late", """
                                {"subscriber": "agent", "interest": {"text": "a parcel is late", "examples": [
                                  "parcel 7 is late", "the parcel of user 3 is not here in time"]}}""").at("/notes/0").asString()).contains("which should wake, as denying");
    }

    @Test
    void theForecastLooksAtTheNewestFactsOfAllShards() {
        for (int i = 0; i < 30; i++) {
            bus.publish(fact("it rains in Spain " + i, "subject-" + i));
        }
        String last = bus.publish(fact("the parcel of user 3 is late", "parcel-3"));

        JsonNode preview = bus.post("/subscriptions/late:preview?facts=1", subscription("the parcel of a user is late"))
                .json();

        assertThat(preview.at("/outlook/forecast/facts").asInt()).isEqualTo(1);
        assertThat(preview.at("/above/0/fact").asString()).isEqualTo(last);
    }

    @Test
    void theForecastReadsALongShardToItsBeginning() {
        bus.publishAll(IntStream.range(0, 130)
                .mapToObj(i -> fact("the parcel of user " + i + " is late", "one-subject"))
                .toList());

        JsonNode preview = bus.post(
                        "/subscriptions/late:preview?facts=1000", subscription("the parcel of a user is late"))
                .json();

        assertThat(preview.at("/outlook/forecast/facts").asInt()).isEqualTo(130);
        assertThat(preview.at("/outlook/forecast/wakes").asInt()).isEqualTo(130);
    }

    @Test
    void theNotesNameTheFirstOfManyFailingTestsEachByItsBeginning() {
        String tests = IntStream.range(0, 50)
                .mapToObj(i -> "\"it rains " + "in Spain ".repeat(50) + i + "\"")
                .collect(Collectors.joining(",", ",\"tests\":{\"shouldWake\":[", "]}"));

        Answer forced = bus.put("/subscriptions/late?force=true", subscription("the parcel of a user is late", tests));

        assertThat(forced.json().get("notes")).hasSize(6);
        assertThat(forced.json().at("/notes/0").asString()).hasSizeLessThan(250);
        assertThat(forced.json().at("/notes/5").asString()).isEqualTo("and 45 more of this kind");
    }

    private double threshold(String id, String rest) {
        return bus.declare(id, subscription("a parcel is late", rest))
                .get("threshold")
                .asDouble();
    }

    private void assertRefused(String rest, String expectation) {
        Answer refused = bus.put("/subscriptions/refused", subscription("a parcel is late", rest));

        assertThat(refused).hasStatus(400);
        assertThat(refused.json().get("field").asString()).isEqualTo("aim");
        assertThat(refused.json().get("detail").asString()).contains(expectation);
    }
}
