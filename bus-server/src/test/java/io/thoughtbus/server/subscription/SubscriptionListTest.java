package io.thoughtbus.server.subscription;

import static io.thoughtbus.server.HttpProbe.encoded;
import static io.thoughtbus.server.Samples.quoted;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class SubscriptionListTest {
    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void probe() {
        bus = HttpProbe.at(port);
    }

    @Test
    void listsTheSubscriptionsOfANamespaceInTheOrderOfTheirIds() {
        List<String> ids = List.of("a", "B", "b-1", "b.1", "b_1", "0", "Z9", "aa", "a.b-c_D");
        ids.forEach(id -> declare(id, "agent"));
        HttpProbe other = HttpProbe.at(port);
        other.declare("theirs", subscription("a parcel is late"));

        assertThat(ids(bus.get("/subscriptions").json()))
                .containsExactlyElementsOf(ids.stream().sorted().toList());
        assertThat(ids(other.get("/subscriptions").json())).containsExactly("theirs");
    }

    @Test
    void everyPageHoldsWhatTheOthersDoNot() {
        List<String> ids =
                IntStream.range(0, 23).mapToObj(i -> String.format("s-%02d", i)).toList();
        ids.forEach(id -> declare(id, "agent"));

        for (int limit : new int[] {1, 5, 10, 23, 100}) {
            assertThat(pages("", limit)).as("limit " + limit).containsExactlyElementsOf(ids);
        }
    }

    @Test
    void aDeletedSubscriptionIsNotListed() {
        declare("kept", "agent");
        declare("gone", "agent");

        bus.delete("/subscriptions/gone");

        assertThat(ids(bus.get("/subscriptions").json())).containsExactly("kept");
    }

    @Test
    void listsTheSubscriptionsOfOneSubscriberOnly() {
        List<String> subscribers =
                List.of("agent", "Agent", "AGENT", "agent-1", "agent.1", "agent_1", "agent-10", "1", "a".repeat(128));
        for (int i = 0; i < subscribers.size(); i++) {
            declare("first-" + i, subscribers.get(i));
            declare("second-" + i, subscribers.get(i));
        }

        for (int i = 0; i < subscribers.size(); i++) {
            String filter = "subscriber=" + subscribers.get(i);
            assertThat(ids(bus.get("/subscriptions?" + filter).json()))
                    .as(filter)
                    .containsExactly("first-" + i, "second-" + i);
            assertThat(pages("&" + filter, 1)).as(filter).containsExactly("first-" + i, "second-" + i);
        }
        assertThat(ids(bus.get("/subscriptions?subscriber=nobody").json())).isEmpty();
    }

    @Test
    void findsTheSubscriptionsThatATextIsAbout() {
        bus.declare("weather", subscription("the weather is fine"));
        bus.declare("late", subscription("a parcel is late"));
        bus.declare("lost", "{\"subscriber\":\"other\",\"interest\":{\"text\":\"a parcel is lost\"}}");
        bus.declare("late", subscription("a parcel is late", ",\"threshold\":0.7"));

        String about = "/subscriptions?about=" + encoded("a parcel is late") + "&limit=";

        assertThat(ids(bus.get(about + 3).json())).startsWith("late", "lost").hasSize(3);
        assertThat(ids(bus.get(about + 1).json())).containsExactly("late");
        assertThat(ids(bus.get(about + 10 + "&subscriber=other").json())).containsExactly("lost");
        assertThat(ids(bus.get("/subscriptions?about=" + encoded(") | * =>[KNN 99 @v $q]"))
                        .json()))
                .containsExactlyInAnyOrder("late", "lost", "weather");
    }

    @Test
    void findsASubscribersSubscriptionThoughOthersAreNearer() {
        IntStream.range(0, 12).forEach(i -> declare("near-" + i, "agent"));
        bus.declare("far", "{\"subscriber\":\"other\",\"interest\":{\"text\":\"the weather is fine\"}}");

        JsonNode found = bus.get("/subscriptions?limit=2&subscriber=other&about=" + encoded("a parcel is late"))
                .json();

        assertThat(ids(found)).containsExactly("far");
    }

    private void declare(String id, String subscriber) {
        bus.declare(id, "{\"interest\":{\"text\":\"a parcel is late\"},\"subscriber\":" + quoted(subscriber) + "}");
    }

    private List<String> pages(String filter, int limit) {
        List<String> all = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page =
                    bus.get("/subscriptions?limit=" + limit + filter + after).json();
            assertThat(all.isEmpty() || !ids(page).isEmpty()).isTrue();
            all.addAll(ids(page));
            if (!page.has("next")) {
                return all;
            }
            assertThat(ids(page)).hasSize(limit);
            after = "&after=" + page.get("next").asString();
        }
    }

    private static List<String> ids(JsonNode page) {
        Stream<JsonNode> subscriptions = page.get("subscriptions").valueStream();
        return subscriptions
                .map(subscription -> subscription.get("id").asString())
                .toList();
    }
}
