package io.thoughtbus.server.explain;

import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.ExplainRequest;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class ExplainTest {
    private static final String LATE = """
            {"subscriber": "agent", "interest": {
              "text": "a parcel is late",
              "examples": ["parcel 7 comes two days late", "the driver says the parcel is late again"],
              "counterexamples": ["a train is late", "a bus is late"]},
             "filter": "attributes.amount > 100 && attributes.country == 'NL'"}""";

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
    }

    @Test
    void tellsWhatEachWordCarries() {
        bus.declare("late", subscription("a parcel is late"));

        JsonNode words = explain("{\"text\":\"yesterday a parcel is late\",\"subscription\":\"late\"}")
                .at("/detail/words");

        assertThat(words.valueStream().map(word -> word.get("words").asString()))
                .containsExactly("yesterday", "a", "parcel", "is", "late");
        assertThat(words.get(0).get("weight").asDouble()).isNegative();
        assertThat(words.get(2).get("weight").asDouble()).isPositive();
    }

    @Test
    void takesTheWordsOfALongFactTogether() {
        bus.declare("late", subscription("a parcel is late"));
        String text = "parcel ".repeat(45).strip();

        JsonNode words =
                explain("{\"text\":\"" + text + "\",\"subscription\":\"late\"}").at("/detail/words");

        assertThat(words.size()).isLessThanOrEqualTo(20);
        assertThat(words.valueStream().map(word -> word.get("words").asString()).collect(Collectors.joining(" ")))
                .isEqualTo(text);
    }

    @Test
    void tellsTheNearestExampleAndCounterexample() {
        bus.declare("late", LATE);

        JsonNode detail = explain("{\"text\":\"parcel 9 comes two days late\",\"subscription\":\"late\"}")
                .get("detail");

        assertThat(detail.at("/nearestExample/text").asString()).isEqualTo("parcel 7 comes two days late");
        assertThat(detail.at("/nearestExample/score").asDouble()).isBetween(0.5, 1.0);
        assertThat(detail.at("/nearestCounterexample/text").asString()).endsWith("is late");
    }

    @Test
    void tellsEachClauseOfTheFilterWithWhatItReads() {
        bus.declare("late", LATE);
        String id = bus.publish(
                "{\"text\":\"parcel 9 comes two days late\",\"attributes\":{\"amount\":180,\"country\":\"DE\"}}");

        JsonNode clauses =
                explain("{\"fact\":\"" + id + "\",\"subscription\":\"late\"}").at("/detail/clauses");

        assertThat(clauses).hasSize(2);
        assertThat(clauses.at("/0/clause").asString()).isEqualTo("attributes.amount > 100");
        assertThat(clauses.at("/0/passes").asBoolean()).isTrue();
        assertThat(clauses.at("/0/values").get("attributes.amount").asInt()).isEqualTo(180);
        assertThat(clauses.at("/1/passes").asBoolean()).isFalse();
        assertThat(clauses.at("/1/values").get("attributes.country").asString()).isEqualTo("DE");
    }

    @Test
    void tellsWhoNearlyWokeTheNearestFirst() {
        bus.declare("near", subscription("a parcel is late", ",\"threshold\":0.99"));
        bus.declare("far", subscription("it rains in Spain", ",\"threshold\":0.99"));
        bus.declare("woken", subscription("a parcel is late again"));

        JsonNode explanations = bus.post("/explain", "{\"text\":\"a parcel is late again\"}")
                .json()
                .get("explanations");

        assertThat(explanations
                        .valueStream()
                        .map(each -> each.get("subscription").asString()))
                .containsExactly("woken", "near", "far");
        assertThat(explanations.get(1).get("margin").asDouble()).isNegative();
        assertThat(explanations.get(1).has("detail")).isFalse();
    }

    @Test
    void leavesTheGuardOutForATextThatItDoesNotRead() {
        bus.declare("late", subscription("a parcel is late"));

        JsonNode explanation =
                explain("{\"text\":\"" + "a parcel is late ".repeat(30) + "\",\"subscription\":\"late\"}");

        assertThat(explanation.has("guard")).isFalse();
        assertThat(explanation.get("wakes").asBoolean()).isTrue();
    }

    @Test
    void tellsTheWholeFilterWhereAPartIsNoConditionByItself() {
        bus.declare("late", LATE.replace("attributes.amount > 100", "attributes.vip"));

        JsonNode clauses = explain("{\"text\":\"parcel 9 comes two days late\",\"subscription\":\"late\"}")
                .at("/detail/clauses");

        assertThat(clauses).hasSize(1);
        assertThat(clauses.at("/0/clause").asString()).isEqualTo("attributes.vip && attributes.country == 'NL'");
    }

    @Test
    void theSdkReadsWhatItIsTold() {
        bus.declare("late", subscription("a parcel is late"));
        bus.publish("{\"text\":\"a parcel is late\"}");
        try (ThoughtBus client = ThoughtBus.connect(bus.uri())) {
            assertThat(client.explain(new ExplainRequest("late", null, "late"))
                            .explanations()
                            .get(0)
                            .detail())
                    .satisfies(detail -> {
                        assertThat(detail.words()).isEmpty();
                        assertThat(detail.clauses()).isEmpty();
                        assertThat(Objects.requireNonNull(detail.nearestExample())
                                        .text())
                                .isEqualTo("a parcel is late");
                    });
            SubscriptionDraft draft = client.suggestion("late").draft();
            assertThat(client.preview("late", draft, 10).outlook().forecast().facts())
                    .isEqualTo(1);
            assertThat(client.drift("late").forecast().wakes()).isEqualTo(1);
            assertThat(client.subscription("late"))
                    .hasValueSatisfying(late -> assertThat(late.guard()).isNotEmpty());
        }
    }

    private JsonNode explain(String question) {
        return bus.post("/explain", question).json().at("/explanations/0");
    }
}
