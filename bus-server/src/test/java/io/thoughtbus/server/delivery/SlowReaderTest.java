package io.thoughtbus.server.delivery;

import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.EventReader;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.RawSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Readers of event streams that do not read: each fact is 40 KB, and the system holds a few hundred for a reader. */
@BusTest
@DirtiesContext
@TestPropertySource(properties = {"thoughtbus.delivery.patience=PT5S", "thoughtbus.delivery.max-unsent=16MB"})
class SlowReaderTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late", ",\"delivery\":{\"lease\":\"PT0.3S\"}"));
        bus.declare("calm", subscription("a parcel is late", ",\"threshold\":0.5"));
        await().until(() -> metric("waiting") == 0);
    }

    @Test
    void whoIsBehindIsGivenNothingMoreAndIsDisconnectedWhenPatienceEnds() {
        publish(20);
        try (RawSocket slow = open("late")) {
            await().until(() -> metric("unsent_bytes") > 0);

            await().atMost(SOON).until(() -> {
                assertThat(metric("unsent_bytes")).isLessThan(20 * 42_000);
                return metric("waiting") == 0;
            });

            assertThat(metric("unsent_bytes")).isZero();
            assertThat(slow.hearUntil("\r\n0\r\n\r\n")).startsWith("HTTP/1.1 200");
        }
        List<JsonNode> wakes = await().until(() -> bus.take("late", 20, Duration.ZERO), some -> some.size() == 20);
        assertThat(wakes).allMatch(wake -> wake.get("attempt").asInt() == 2);
    }

    @Test
    void whoHasNotReadForLongestIsDisconnectedWhenTooMuchWaitsForAll() {
        List<String> many = IntStream.range(0, 30).mapToObj(i -> "late-" + i).toList();
        many.forEach(id -> bus.declare(id, subscription("a parcel is late")));
        publish(40);
        List<RawSocket> slow = new ArrayList<>();
        try (EventReader calm = EventReader.open(bus, "calm", 256)) {
            assertThat(calm.next(40)).hasSize(40);

            many.forEach(id -> slow.add(open(id)));
            await().atMost(SOON).until(() -> metric("unsent_bytes") > 10_000_000);
            await().atMost(SOON).until(() -> metric("waiting") < 25);

            assertThat(metric("unsent_bytes")).isLessThanOrEqualTo(17_000_000);
            publish(1);
            assertThat(calm.next(1)).hasSize(1);
        } finally {
            slow.forEach(RawSocket::close);
        }
    }

    @Test
    void whoWasBehindAndReadsAgainGetsAll() {
        publish(20);
        try (RawSocket slow = open("late")) {
            await().until(() -> metric("unsent_bytes") > 0);

            int events = 0;
            while (events < 20) {
                slow.hearUntil("event: wake");
                events++;
            }
            slow.hearUntil("}\n\n");

            await().until(() -> metric("unsent_bytes") == 0);
        }
    }

    private RawSocket open(String subscription) {
        return new RawSocket(port)
                .say("GET /v1/" + bus.namespace() + "/subscriptions/" + subscription
                        + "/wakes?max=256 HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
    }

    private void publish(int count) {
        String attributes = IntStream.range(0, 10)
                .mapToObj(i -> "\"a" + i + "\":\"" + "x".repeat(4_000) + "\"")
                .collect(Collectors.joining(","));
        bus.publishAll(IntStream.range(0, count)
                .mapToObj(i -> "{\"text\":\"a parcel is late\",\"attributes\":{" + attributes + "}}")
                .toList());
    }

    private double metric(String name) {
        Matcher line = Pattern.compile("(?m)^thoughtbus_delivery_" + name + " (\\S+)")
                .matcher(bus.send(bus.requestTo("/actuator/prometheus")).body());
        assertThat(line.find()).isTrue();
        return Double.parseDouble(line.group(1));
    }
}
