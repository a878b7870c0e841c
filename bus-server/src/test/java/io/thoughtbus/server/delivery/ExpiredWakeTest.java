package io.thoughtbus.server.delivery;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.EventReader;
import io.thoughtbus.server.HttpProbe;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class ExpiredWakeTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @LocalServerPort
    private int port;

    @Autowired
    private ExpiredWakes expired;

    @Autowired
    private Inboxes inboxes;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late"));
    }

    @Test
    void aWakeEndsWithTheLifetimeOfItsFact() {
        String fact = publishShortLived();
        awaitTheEndOf(fact);

        assertThat(bus.take("late", 10, Duration.ZERO)).isEmpty();

        List<JsonNode> letters = deadLetters();
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).get("cause").asString()).isEqualTo("expired");
        assertThat(letters.get(0).get("attempts").asInt()).isZero();
        assertThat(letters.get(0).at("/fact/id").asString()).isEqualTo(fact);
        assertThat(letters.get(0).get("explanation").asString()).contains("lifetime");
    }

    @Test
    void aTakeIsNotLeftEmptyHandedByExpiredWakes() {
        String first = publishShortLived();
        String second = publishShortLived();
        String lasting = bus.publish("{\"text\":\"a parcel is late\"}");
        awaitTheEndOf(first);
        awaitTheEndOf(second);

        List<JsonNode> taken = bus.take("late", 1, Duration.ZERO);

        assertThat(taken)
                .singleElement()
                .satisfies(wake -> assertThat(wake.at("/fact/id").asString()).isEqualTo(lasting));
        assertThat(deadLetters()).hasSize(2);
    }

    @Test
    void aStreamIsNotGivenExpiredWakes() {
        awaitTheEndOf(publishShortLived());
        String lasting = bus.publish("{\"text\":\"a parcel is late\"}");

        try (EventReader stream = EventReader.open(bus, "late", 4)) {
            assertThat(stream.next(1).get(0).wake().at("/fact/id").asString()).isEqualTo(lasting);
        }
    }

    @Test
    void aReplayDeliversWhatHasExpired() {
        String fact = publishShortLived();
        awaitTheEndOf(fact);
        bus.take("late", 10, Duration.ZERO);

        assertThat(bus.post("/subscriptions/late/replays", "{\"from\":\"0-0-0\",\"deliver\":true}"))
                .hasStatus(202);

        assertThat(bus.take("late", 1, SOON))
                .singleElement()
                .satisfies(wake -> assertThat(wake.at("/fact/id").asString()).isEqualTo(fact));
    }

    @Test
    void aWakeThatNobodyComesForEndsToo() {
        String first = publishShortLived();
        IntStream.range(0, 40).forEach(i -> publishShortLived());
        String lasting = bus.publish("{\"text\":\"a parcel is late\"}");
        awaitTheEndOf(first);
        SubscriptionRef late = new SubscriptionRef(bus.namespace(), "late");

        await().atMost(SOON).untilAsserted(() -> {
            expired.bury(late);
            assertThat(deadLetters()).hasSize(41);
        });

        assertThat(inboxes.withWakes(bus.namespace())).containsExactly(late);
        assertThat(bus.take("late", 100, SOON))
                .singleElement()
                .satisfies(wake -> assertThat(wake.at("/fact/id").asString()).isEqualTo(lasting));
        assertThat(expired.bury(late)).isZero();
    }

    private String publishShortLived() {
        return bus.publish("{\"text\":\"a parcel is late\",\"ttl\":\"PT1S\"}");
    }

    private void awaitTheEndOf(String fact) {
        await().atMost(SOON).until(() -> bus.get("/facts/" + fact).status() == 404);
    }

    private List<JsonNode> deadLetters() {
        return List.copyOf(bus.get("/subscriptions/late/dead-letters")
                .json()
                .get("deadLetters")
                .values());
    }
}
