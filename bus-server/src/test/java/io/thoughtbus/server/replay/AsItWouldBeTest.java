package io.thoughtbus.server.replay;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import io.thoughtbus.server.replay.AsItWasTest.Replaying;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class AsItWouldBeTest {
    @LocalServerPort
    private int port;

    private HttpProbe bus;
    private Replaying replaying;

    @BeforeEach
    void declareAndPublish() {
        bus = HttpProbe.at(port);
        replaying = new Replaying(bus);
        bus.declare("late", subscription("a parcel is late", ",\"threshold\":0.9,\"filter\":\"attributes.n < 20\""));
    }

    @Test
    void tellsWhatAnotherDraftWouldHaveAddedLostAndKept() {
        List<String> ids = publish(30);
        bus.takeAll("late", 20);
        replaying.awaitDispatched();

        JsonNode replay = replaying.replay(asItWouldBe("\"draft\":"
                + subscription("a parcel is late", ",\"threshold\":0.9,\"filter\":\"attributes.n >= 15\"")));

        assertThat(replay.at("/added/count").asInt()).isEqualTo(10);
        assertThat(replay.at("/lost/count").asInt()).isEqualTo(15);
        assertThat(replay.at("/kept/count").asInt()).isEqualTo(5);
        assertThat(replay.get("matched").asInt()).isEqualTo(15);
        assertThat(facts(replay.at("/added/first"))).containsExactlyElementsOf(inOrder(ids.subList(20, 30)));
        assertThat(facts(replay.at("/lost/first"))).containsExactlyElementsOf(inOrder(ids.subList(0, 15)));
        assertThat(facts(replay.at("/kept/first"))).containsExactlyElementsOf(inOrder(ids.subList(15, 20)));
        assertThat(replay.at("/added/first/0").has("recorded")).isFalse();
        assertThat(replay.at("/added/first/0/replayed/score").asDouble()).isGreaterThan(0.99);
        assertThat(replay.at("/lost/first/0/recorded/score").asDouble()).isGreaterThan(0.99);
        assertThat(replay.at("/lost/first/0").has("replayed")).isFalse();
        assertThat(replay.at("/kept/first/0/recorded/threshold").asDouble()).isEqualTo(0.9);
        assertThat(facts(replaying.lines(replay))).containsExactlyElementsOf(inOrder(ids));
    }

    @Test
    void decidesByAnEarlierVersionAlsoOfADeletedSubscription() {
        bus.declare("late", subscription("a parcel is late", ",\"threshold\":0.9,\"filter\":\"attributes.n >= 20\""));
        List<String> ids = publish(30);
        bus.takeAll("late", 10);
        replaying.awaitDispatched();

        JsonNode there = replaying.replay(asItWouldBe("\"version\":1"));
        bus.delete("/subscriptions/late");
        JsonNode deleted = replaying.replay(asItWouldBe("\"version\":1"));

        assertThat(facts(there.at("/added/first"))).containsExactlyElementsOf(inOrder(ids.subList(0, 20)));
        assertThat(facts(there.at("/lost/first"))).containsExactlyElementsOf(inOrder(ids.subList(20, 30)));
        assertThat(there.at("/kept/count").asInt()).isZero();
        assertThat(deleted.get("digest")).isEqualTo(there.get("digest"));
    }

    @Test
    void theVersionThatDecidedKeepsAll() {
        publish(30);
        bus.takeAll("late", 20);
        replaying.awaitDispatched();

        JsonNode replay = replaying.replay(asItWouldBe("\"version\":1"));

        assertThat(replay.at("/kept/count").asInt()).isEqualTo(20);
        assertThat(replay.at("/added/count").asInt() + replay.at("/lost/count").asInt())
                .isZero();
    }

    @Test
    void aSubscriptionThatNeverWasWouldOnlyAdd() {
        publish(10);
        bus.takeAll("late", 10);
        replaying.awaitDispatched();

        JsonNode replay = replaying.replay("{\"mode\":\"as-it-would-be\",\"from\":\"0-0-0\",\"subscription\":\"new\","
                + "\"draft\":" + subscription("a parcel is late") + "}");

        assertThat(replay.at("/added/count").asInt()).isEqualTo(10);
    }

    @Test
    void nothingLiveIsTouched() {
        publish(10);
        bus.takeAll("late", 10);
        replaying.awaitDispatched();
        JsonNode before = bus.get("/subscriptions/late").json();
        long inboxes = Stored.keys("tb:{" + bus.namespace() + "/late}:*").size();

        replaying.replay(asItWouldBe("\"draft\":" + subscription("a parcel is late")));

        assertThat(bus.get("/subscriptions/late").json()).isEqualTo(before);
        assertThat(Stored.keys("tb:{" + bus.namespace() + "/late}:*")).hasSize((int) inboxes);
        assertThat(bus.takeAll("late", 0)).isEmpty();
    }

    @Test
    void refusesAVersionThatIsNotKept() {
        assertThat(bus.post("/replays", asItWouldBe("\"version\":7"))).isProblem(400, "invalid-field", "version");
        assertThat(bus.post(
                        "/replays",
                        "{\"mode\":\"as-it-would-be\",\"from\":\"0-0-0\",\"subscription\":\"nowhere\",\"version\":1}"))
                .isProblem(404, "subscription-not-found");
    }

    private static String asItWouldBe(String by) {
        return "{\"mode\":\"as-it-would-be\",\"from\":\"0-0-0\",\"subscription\":\"late\"," + by + "}";
    }

    private List<String> publish(int count) {
        return bus.publishAll(IntStream.range(0, count)
                .mapToObj(i -> fact("a parcel is late").replace("}", ",\"attributes\":{\"n\":" + i + "}}"))
                .toList());
    }

    private static List<String> inOrder(List<String> ids) {
        return ids.stream().sorted(Comparator.comparing(FactId::parse)).toList();
    }

    private static List<String> facts(Iterable<JsonNode> found) {
        return java.util.stream.StreamSupport.stream(found.spliterator(), false)
                .map(each -> each.get("fact").asString())
                .toList();
    }
}
