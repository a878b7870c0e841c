package io.thoughtbus.server.subscription;

import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class VersionSwitchTest {
    private static final int CHANGES = 24;
    private static final int PUBLISHERS = 3;

    @LocalServerPort
    private int port;

    @Test
    void everyFactIsDecidedByTheVersionInForceAtItsPosition() {
        HttpProbe bus = HttpProbe.at(port);
        List<Version> versions = new ArrayList<>();
        versions.add(declare(bus, 1));
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicInteger number = new AtomicInteger();
        Map<FactId, Integer> facts = new ConcurrentHashMap<>();

        List<CompletableFuture<Void>> publishers = IntStream.range(0, PUBLISHERS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    while (!stopped.get()) {
                        publish(bus, number.getAndAdd(10), facts);
                    }
                }))
                .toList();
        for (int version = 2; version <= CHANGES; version++) {
            versions.add(declare(bus, version));
        }
        stopped.set(true);
        publishers.forEach(CompletableFuture::join);
        publish(bus, number.get(), facts);

        Map<FactId, Integer> expected = new TreeMap<>();
        facts.forEach((id, n) -> {
            Version decides = inForceAt(id, versions);
            if (decides.wakes().test(n)) {
                expected.put(id, decides.number());
            }
        });
        Map<FactId, Integer> woken = new TreeMap<>();
        List<JsonNode> wakes = bus.takeAll("switching", expected.size());
        wakes.forEach(wake -> woken.put(
                FactId.parse(wake.at("/fact/id").asString()),
                wake.get("version").asInt()));
        assertThat(wakes).hasSameSizeAs(woken.keySet());
        assertThat(woken).isEqualTo(expected);
        assertThat(expected.values().stream().distinct().count()).isGreaterThan(CHANGES / 2);
    }

    /** Odd versions wake for even numbers by filter, even versions for multiples of three by a lower threshold too. */
    private static Version declare(HttpProbe bus, int version) {
        boolean isOdd = version % 2 == 1;
        JsonNode declared = bus.declare(
                "switching",
                isOdd
                        ? subscription("a parcel is late", ",\"threshold\":0.9,\"filter\":\"attributes.n % 2 == 0\"")
                        : subscription("a parcel is late", ",\"threshold\":0.3,\"filter\":\"attributes.n % 3 == 0\""));
        assertThat(declared.get("version").asInt()).isEqualTo(version);
        return new Version(
                version,
                declared.get("activation")
                        .valueStream()
                        .map(position -> FactId.parse(position.asString()))
                        .toList(),
                isOdd ? n -> n % 2 == 0 && n % 5 != 0 : n -> n % 3 == 0);
    }

    /** Facts of which each fifth is too far from the interest for the higher threshold. */
    private static void publish(HttpProbe bus, int from, Map<FactId, Integer> facts) {
        List<String> ids = bus.publishAll(IntStream.range(from, from + 10)
                .mapToObj(n -> "{\"text\":\"a parcel is " + (n % 5 == 0 ? "lost" : "late") + "\",\"subject\":\"parcel-"
                        + n + "\",\"attributes\":{\"n\":" + n + "}}")
                .toList());
        IntStream.range(0, ids.size()).forEach(i -> facts.put(FactId.parse(ids.get(i)), from + i));
    }

    private static Version inForceAt(FactId fact, List<Version> versions) {
        return versions.stream()
                .filter(version -> version.activation().get(fact.shard()).compareTo(fact) < 0)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private record Version(int number, List<FactId> activation, IntPredicate wakes) {}
}
