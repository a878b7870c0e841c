package io.thoughtbus.server.delivery;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class VerdictTest {
    private static final String LATE = "/subscriptions/late";
    private static final Duration SOON = Duration.ofSeconds(10);

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare(
                "late",
                subscription(
                        "a parcel is late",
                        ",\"delivery\":{\"lease\":\"PT0.3S\",\"backoff\":\"PT0.2S\",\"maxAttempts\":2}"));
    }

    @Test
    void aFinishedWakeIsNeverDeliveredAgain() {
        JsonNode wake = wakeOfANewFact();

        Answer settled = verdict(wake, "\"verdict\":\"done\"");

        assertThat(settled.json().at("/0/outcome").asString()).isEqualTo("done");
        assertThat(verdict(wake, "\"verdict\":\"done\"")).isProblem(409, "wake-not-held", "[0].wake");
        assertThat(bus.take("late", 1, Duration.ofMillis(700))).isEmpty();
    }

    @Test
    void aDeferredWakeComesBackAfterTheDelay() {
        JsonNode wake = wakeOfANewFact();

        Answer settled = verdict(wake, "\"verdict\":\"later\",\"delay\":\"PT0.6S\"");
        Instant due = Instant.parse(settled.json().at("/0/dueAt").asString());
        Answer whileItRests = verdict(wake, "\"verdict\":\"done\"");
        JsonNode again = bus.take("late", 1, SOON).get(0);

        assertThat(settled.json().at("/0/outcome").asString()).isEqualTo("later");
        assertThat(whileItRests).isProblem(409, "wake-not-held", "[0].wake");
        assertThat(Instant.now()).isAfterOrEqualTo(due);
        assertThat(again.get("id")).isEqualTo(wake.get("id"));
        assertThat(again.get("attempt").asInt()).isEqualTo(2);
    }

    @Test
    void aDeferredWakeWithoutADelayRestsForAboutTheBackoff() {
        JsonNode wake = wakeOfANewFact();
        Instant before = Instant.now();

        Instant due = Instant.parse(
                verdict(wake, "\"verdict\":\"later\"").json().at("/0/dueAt").asString());

        assertThat(due).isBetween(before.plusMillis(140), Instant.now().plusMillis(260));
    }

    @Test
    void aVerdictOnAnAttemptThatWasOvertakenIsRefused() {
        JsonNode wake = wakeOfANewFact();
        JsonNode second = bus.take("late", 1, SOON).get(0);

        Answer tooLate = verdict(wake, "\"verdict\":\"done\",\"attempt\":1");
        Answer inTime = verdict(second, "\"verdict\":\"done\",\"attempt\":2");

        assertThat(tooLate).isProblem(409, "wake-not-held", "[0].wake");
        assertThat(tooLate.json().get("detail").asString()).contains("attempt 2");
        assertThat(inTime).hasStatus(200);
    }

    @Test
    void aRefusedWakeIsADeadLetterWithTheReason() {
        JsonNode wake = wakeOfANewFact();

        Answer settled = verdict(wake, "\"verdict\":\"never\",\"reason\":\"the address | is\\nunknown\"");

        assertThat(settled.json().at("/0/outcome").asString()).isEqualTo("dead");
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.get("wake")).isEqualTo(wake.get("id"));
            assertThat(letter.get("cause").asString()).isEqualTo("refused");
            assertThat(letter.get("explanation").asString()).endsWith("the address | is\nunknown");
            assertThat(letter.get("attempts").asInt()).isEqualTo(1);
            assertThat(letter.get("fact")).isEqualTo(wake.get("fact"));
            assertThat(letter.get("score")).isEqualTo(wake.get("score"));
        });
        assertThat(bus.take("late", 1, Duration.ofMillis(500))).isEmpty();
    }

    @Test
    void aWakeDeferredInItsLastAttemptIsADeadLetter() {
        verdict(wakeOfANewFact(), "\"verdict\":\"later\",\"reason\":\"no van\"");

        Answer settled = verdict(bus.take("late", 1, SOON).get(0), "\"verdict\":\"later\"");

        assertThat(settled.json().at("/0/outcome").asString()).isEqualTo("dead");
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.get("cause").asString()).isEqualTo("exhausted");
            assertThat(letter.get("attempts").asInt()).isEqualTo(2);
            assertThat(letter.get("explanation").asString()).endsWith("no van");
        });
    }

    @Test
    void aWakeUnansweredInItsLastAttemptIsADeadLetter() {
        wakeOfANewFact();
        bus.take("late", 1, SOON);

        await().untilAsserted(() -> assertThat(deadLetters()).hasSize(1));

        assertThat(deadLetters().get(0).get("cause").asString()).isEqualTo("unanswered");
        assertThat(bus.take("late", 1, Duration.ZERO)).isEmpty();
    }

    @Test
    void aRevivedDeadLetterIsDeliveredWithAllItsAttempts() {
        JsonNode wake = wakeOfANewFact();
        verdict(wake, "\"verdict\":\"never\"");

        Answer revived = bus.post(LATE + "/dead-letters:revive", "{\"wakes\":[" + wake.get("id") + ",\"other\"]}");
        JsonNode again = bus.take("late", 1, SOON).get(0);

        assertThat(revived.json().get("revived").asInt()).isEqualTo(1);
        assertThat(again.get("id")).isEqualTo(wake.get("id"));
        assertThat(again.get("attempt").asInt()).isEqualTo(1);
        assertThat(deadLetters()).isEmpty();
        verdict(again, "\"verdict\":\"later\"");
        assertThat(bus.take("late", 1, SOON).get(0).get("attempt").asInt()).isEqualTo(2);
    }

    @Test
    void allDeadLettersArePagedAndRevived() {
        bus.publishAll(IntStream.range(0, 25)
                .mapToObj(i -> fact("a parcel is late", "p-" + i))
                .toList());
        List<JsonNode> wakes = new ArrayList<>();
        await().until(() -> {
            List<JsonNode> some = bus.take("late", 256, Duration.ofSeconds(1));
            bus.settle("late", "never", some);
            return wakes.addAll(some) && wakes.size() == 25;
        });

        List<JsonNode> letters = new ArrayList<>();
        String after = "0";
        do {
            JsonNode page =
                    bus.get(LATE + "/dead-letters?limit=10&after=" + after).json();
            page.get("deadLetters").forEach(letters::add);
            after = page.has("next") ? page.get("next").asString() : "";
        } while (!after.isEmpty());
        Answer revived = bus.post(LATE + "/dead-letters:revive", "{}");

        assertThat(letters.stream().map(letter -> letter.get("wake")))
                .containsExactlyInAnyOrderElementsOf(
                        wakes.stream().map(wake -> wake.get("id")).toList());
        assertThat(revived.json().get("revived").asInt()).isEqualTo(25);
        assertThat(bus.takeAll("late", 25)).hasSize(25);
    }

    @Test
    void aRevivedDeadLetterReachesATakerThatWaits() {
        JsonNode wake = wakeOfANewFact();
        verdict(wake, "\"verdict\":\"never\"");
        var take = bus.postAsync(LATE + "/wakes:take", "{\"wait\":\"PT60S\"}");

        bus.post(LATE + "/dead-letters:revive", "{\"wakes\":[]}");

        assertThat(take).succeedsWithin(Duration.ofSeconds(4));
        assertThat(take.join().json().at("/wakes/0/id")).isEqualTo(wake.get("id"));
    }

    private JsonNode wakeOfANewFact() {
        bus.publish(fact("a parcel is late"));
        return bus.take("late", 1, SOON).get(0);
    }

    private Answer verdict(JsonNode wake, String verdict) {
        return bus.post(LATE + "/verdicts", "[{\"wake\":" + wake.get("id") + "," + verdict + "}]");
    }

    private List<JsonNode> deadLetters() {
        return bus.get(LATE + "/dead-letters")
                .json()
                .get("deadLetters")
                .valueStream()
                .toList();
    }
}
