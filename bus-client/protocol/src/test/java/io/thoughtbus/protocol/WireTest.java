package io.thoughtbus.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WireTest {
    private final JsonMapper json = new JsonMapper();

    @Test
    void aBareFactTravelsAsItsTextAlone() {
        assertThat(json.writeValueAsString(FactDraft.of("User 123 serves in the Military")))
                .isEqualTo("{\"text\":\"User 123 serves in the Military\"}");
    }

    @Test
    void aFullFactSurvivesTheWay() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("amount", 180L);
        attributes.put("price", 1.5);
        attributes.put("vip", true);
        attributes.put("country", "NL");
        FactDraft fact = FactDraft.of("Order 17 was returned")
                .about("order-17")
                .by("returns-agent")
                .withKey("r-17-1")
                .withTtl(Duration.ofHours(2))
                .occurredAt(Instant.parse("2026-11-23T10:15:30Z"))
                .causedBy(new FactId(0, 1, 2))
                .withAttributes(attributes)
                .withVector(Vector.of(0.6f, 0.8f), "model@0");

        FactDraft read = json.readValue(json.writeValueAsBytes(fact), FactDraft.class);

        assertThat(read).isEqualTo(fact);
        assertThat(json.writeValueAsString(fact))
                .contains("\"ttl\":\"PT2H\"", "\"cause\":\"0-1-2\"", "\"occurredAt\":\"2026-11-23T10:15:30Z\"");
    }

    @Test
    void aVectorTravelsAsBase64OrAsNumbers() {
        Vector vector = Vector.of(1.5f, -2);

        assertThat(json.writeValueAsString(vector)).isEqualTo("\"AADAPwAAAMA=\"");
        assertThat(json.readValue("\"AADAPwAAAMA=\"", Vector.class)).isEqualTo(vector);
        assertThat(json.readValue("[1.5, -2]", Vector.class)).isEqualTo(vector);
        assertThatThrownBy(() -> json.readValue("[1, \"2\"]", Vector.class)).hasMessageContaining("element 1 is none");
        assertThatThrownBy(() -> json.readValue("\"AADA\"", Vector.class)).hasMessageContaining("held 3 bytes");
        assertThatThrownBy(() -> json.readValue("{}", Vector.class))
                .hasMessageContaining("must be an array of numbers");
    }

    @Test
    void aSubscriptionNeedsNoMoreThanASubscriberAndAnInterest() {
        SubscriptionDraft draft = json.readValue(
                "{\"subscriber\": \"a\", \"interest\": {\"examples\": [\"b\"]}, \"delivery\": {\"lease\": \"PT5S\"}}",
                SubscriptionDraft.class);

        assertThat(draft.delivery()).isEqualTo(DeliverySettings.USUAL.withLease(Duration.ofSeconds(5)));
        assertThat(draft.interest().positives()).containsExactly("b");
    }

    @Test
    void aSecondStageTravelsWithTheChoiceForWhenItIsAway() {
        SubscriptionDraft draft = SubscriptionDraft.of("a", "b").withSecondStage(0.05, SecondStage.WhenAway.WAIT);

        assertThat(json.writeValueAsString(draft)).contains("\"secondStage\":{\"band\":0.05,\"whenAway\":\"wait\"}");
        assertThat(json.readValue(json.writeValueAsBytes(draft), SubscriptionDraft.class))
                .isEqualTo(draft);
        assertThat(json.readValue("{\"band\":0.05}", SecondStage.class).whenAway())
                .isEqualTo(SecondStage.WhenAway.WAKE);
        assertThatThrownBy(() -> json.readValue("{\"band\":2}", SecondStage.class))
                .hasMessageContaining("must be within [0, 1]");
        assertThat(json.writeValueAsString(SecondStageAnswer.AWAY)).isEqualTo("{\"outcome\":\"away\"}");
    }

    @Test
    void everyLevelVerdictAndStateTravelsInLowerCase() {
        assertThat(json.writeValueAsString(Durability.FSYNCED)).isEqualTo("\"fsynced\"");
        assertThat(json.writeValueAsString(WakeVerdict.Kind.LATER)).isEqualTo("\"later\"");
        assertThat(json.writeValueAsString(SubscriptionState.ACTIVE)).isEqualTo("\"active\"");
        assertThat(json.writeValueAsString(Replay.State.RUNNING)).isEqualTo("\"running\"");
        assertThat(json.writeValueAsString(DeadLetter.Cause.REFUSED)).isEqualTo("\"refused\"");
    }

    @Test
    void aTakeCallsItsPatienceWait() {
        TakeRequest take = json.readValue("{\"wait\": \"PT5S\"}", TakeRequest.class);

        assertThat(take).isEqualTo(new TakeRequest(10, Duration.ofSeconds(5), null));
        assertThat(json.writeValueAsString(take)).isEqualTo("{\"max\":10,\"wait\":\"PT5S\"}");
    }

    @Test
    void attributesAreTextsNumbersAndTruthValuesOnly() {
        assertThatThrownBy(() -> FactDraft.of("x").withAttributes(Map.of("list", List.of(1))))
                .hasMessageStartingWith("attributes.list must be a text, a finite number");
        assertThatThrownBy(() -> FactDraft.of("x").withAttributes(Map.of("a b", 1)))
                .hasMessageStartingWith("attributes must have names of");
        assertThatThrownBy(() -> FactDraft.of("x").withAttributes(Map.of("n", Double.NaN)))
                .isInstanceOf(InvalidFieldException.class);
        assertThat(FactDraft.of("x").withAttributes(Map.of("n", 1)).attributes())
                .containsEntry("n", 1L);
    }

    @Test
    void aVectorAndItsModelBelongTogether() {
        assertThatThrownBy(() -> json.readValue("{\"text\": \"a\", \"vector\": [1]}", FactDraft.class))
                .hasMessageContaining("model is required with a vector");
        assertThatThrownBy(() -> json.readValue("{\"text\": \"a\", \"model\": \"m\"}", FactDraft.class))
                .hasMessageContaining("vector is required with a model");
    }

    @Test
    void aReplayCannotEndBeforeItStarts() {
        assertThatThrownBy(() -> json.readValue("{\"from\": \"0-5-0\", \"to\": \"0-4-0\"}", ReplayDraft.class))
                .hasMessageContaining("to must not be before from");
    }
}
