package io.thoughtbus.server.delivery;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

@BusTest
@DirtiesContext
@TestPropertySource(properties = "thoughtbus.delivery.max-waiting=3")
class WaitingLimitTest {
    private static final String TAKE = "/subscriptions/late/wakes:take";

    @Autowired
    private WaitingRoom room;

    @LocalServerPort
    private int port;

    @Test
    void refusesATakeWhileAsManyWaitAsMay() {
        HttpProbe bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late"));
        List<CompletableFuture<Answer>> waiting = IntStream.range(0, 3)
                .mapToObj(i -> bus.postAsync(TAKE, "{\"wait\":\"PT50S\",\"taker\":\"taker-" + i + "\"}"))
                .toList();
        await().until(() ->
                bus.send(bus.requestTo("/actuator/prometheus")).body().contains("thoughtbus_delivery_waiting 3.0"));

        Answer take = bus.post(TAKE, "{\"wait\":\"PT10S\"}");
        Answer stream = bus.send(bus.request("/subscriptions/late/wakes").header("Accept", "text/event-stream"));

        assertThat(take).isProblem(429, "too-many-waiting");
        assertThat(take.header("Retry-After")).isEqualTo("1");
        assertThat(stream).isProblem(429, "too-many-waiting");
        assertThat(bus.post(TAKE, "{}")).hasStatus(200);

        assertThat(bus.post("/subscriptions/late/wakes:leave", "{\"taker\":\"taker-1\"}"))
                .hasStatus(204);
        assertThat(waiting.get(1).join().json().get("wakes")).isEmpty();
        CompletableFuture<Answer> next = bus.postAsync(TAKE, "{\"wait\":\"PT50S\"}");
        awaitThatThreeWait(bus);
        assertThat(bus.post(TAKE, "{\"wait\":\"PT10S\"}")).isProblem(429, "too-many-waiting");
        bus.delete("/subscriptions/late");
        assertThat(next.join().json().get("wakes")).isEmpty();
    }

    @Test
    void refusesWhoComesToWaitWhileTheBusStops() {
        HttpProbe bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late"));
        room.close();

        Answer take = bus.post(TAKE, "{\"wait\":\"PT10S\"}");
        Answer stream = bus.send(bus.request("/subscriptions/late/wakes").header("Accept", "text/event-stream"));

        room.open();
        assertThat(take).isProblem(503, "stopping");
        assertThat(take.header("Retry-After")).matches("\\d+");
        assertThat(stream).isProblem(503, "stopping");
    }

    private static void awaitThatThreeWait(HttpProbe bus) {
        await().until(() ->
                bus.send(bus.requestTo("/actuator/prometheus")).body().contains("thoughtbus_delivery_waiting 3.0"));
    }
}
