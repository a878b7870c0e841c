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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class TakeTest {
    private static final String LATE = "/subscriptions/late";
    private static final Duration SOON = Duration.ofSeconds(10);

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late", ",\"delivery\":{\"lease\":\"PT0.4S\"}"));
    }

    @Test
    void aTakeThatWaitsReturnsAsSoonAsAWakeComes() {
        CompletableFuture<Answer> take = bus.postAsync(LATE + "/wakes:take", "{\"wait\":\"PT60S\"}");

        String id = bus.publish(fact("a parcel is late"));

        assertThat(take).succeedsWithin(Duration.ofSeconds(3));
        assertThat(take.join().json().at("/wakes/0/fact/id").asString()).isEqualTo(id);
        assertThat(take.join().json().at("/wakes/0/attempt").asInt()).isEqualTo(1);
        assertThat(take.join().json().at("/wakes/0/replay").asBoolean()).isFalse();
    }

    @Test
    void aTakeReturnsEmptyWhenItsTimeIsUp() {
        assertThat(bus.postAsync(LATE + "/wakes:take", "{}")).succeedsWithin(Duration.ofSeconds(2));
        assertThat(bus.take("late", 1, Duration.ofMillis(200))).isEmpty();
        assertThat(bus.postAsync(LATE + "/wakes:take", "{\"wait\":\"PT0.0001S\"}"))
                .succeedsWithin(Duration.ofSeconds(5))
                .satisfies(answer -> assertThat(answer.json().get("wakes")).isEmpty());
    }

    @Test
    void givesNoMoreThanAskedForAndTheFactsOfASubjectInTheirOrder() {
        List<String> ids = bus.publishAll(IntStream.range(0, 30)
                .mapToObj(i -> fact("a parcel is late", "parcel-7"))
                .toList());

        List<String> taken = IntStream.range(0, 10)
                .mapToObj(i -> bus.take("late", 3, SOON))
                .peek(wakes -> assertThat(wakes).hasSizeBetween(1, 3))
                .peek(wakes -> bus.settle("late", "done", wakes))
                .flatMap(List::stream)
                .map(wake -> wake.at("/fact/id").asString())
                .toList();

        assertThat(ids).startsWith(taken.toArray(String[]::new));
        assertThat(bus.takeAll("late", 30 - taken.size()).stream()
                        .map(wake -> wake.at("/fact/id").asString()))
                .containsExactlyElementsOf(ids.subList(taken.size(), 30));
    }

    @Test
    void aWakeWithoutAVerdictIsDueAgainWhenItsLeaseEnds() {
        bus.publish(fact("a parcel is late"));
        JsonNode first = bus.take("late", 1, SOON).get(0);

        assertThat(bus.take("late", 1, Duration.ZERO)).isEmpty();
        JsonNode second = bus.take("late", 1, SOON).get(0);

        assertThat(Instant.now())
                .isAfterOrEqualTo(Instant.parse(first.get("leaseUntil").asString()));
        assertThat(second.get("id")).isEqualTo(first.get("id"));
        assertThat(second.get("attempt").asInt()).isEqualTo(2);
    }

    @Test
    void workersShareAnInboxWithoutEverHoldingTheSameWake() {
        bus.declare("late", subscription("a parcel is late"));
        List<String> ids = bus.publishAll(IntStream.range(0, 400)
                .mapToObj(i -> fact("a parcel is late", "parcel-" + i))
                .toList());

        AtomicInteger left = new AtomicInteger(ids.size());
        List<List<JsonNode>> taken =
                IntStream.range(0, 4).mapToObj(i -> CompletableFuture.supplyAsync(() -> work(left))).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(taken.stream()
                        .flatMap(List::stream)
                        .map(wake -> wake.at("/fact/id").asString()))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(taken.stream().flatMap(List::stream))
                .allMatch(wake -> wake.get("attempt").asInt() == 1);
        assertThat(taken.stream().filter(worker -> !worker.isEmpty())).hasSizeGreaterThan(1);
    }

    @Test
    void aWakeStaysInHandForAsLongAsItsTakerExtendsIt() {
        bus.publish(fact("a parcel is late"));
        JsonNode wake = bus.take("late", 1, SOON).get(0);
        Instant firstLease = Instant.parse(wake.get("leaseUntil").asString());

        await().pollInterval(Duration.ofMillis(50)).until(() -> {
            JsonNode extended = bus.post(LATE + "/wakes:extend", "{\"wakes\":[" + wake.get("id") + ",\"other\"]}")
                    .json();
            assertThat(extended.get("held").valueStream()).containsExactly(wake.get("id"));
            assertThat(extended.get("lost").valueStream().map(JsonNode::asString))
                    .containsExactly("other");
            assertThat(bus.take("late", 1, Duration.ZERO)).isEmpty();
            return Instant.now().isAfter(firstLease.plusMillis(1200));
        });

        bus.settle("late", "done", List.of(wake));
        assertThat(bus.takeAll("late", 0)).isEmpty();
    }

    @Test
    void aWakeIsExtendedByTheTimeAskedFor() {
        bus.publish(fact("a parcel is late"));
        JsonNode wake = bus.take("late", 1, SOON).get(0);

        Answer extended = bus.post(LATE + "/wakes:extend", "{\"wakes\":[" + wake.get("id") + "],\"lease\":\"PT2H\"}");

        assertThat(Instant.parse(extended.json().get("leaseUntil").asString()))
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(119)),
                        Instant.now().plus(Duration.ofMinutes(121)));
    }

    @Test
    void aWakeThatWasLostOrSettledCannotBeExtended() {
        bus.publish(fact("a parcel is late"));
        JsonNode wake = bus.take("late", 1, SOON).get(0);
        bus.settle("late", "done", List.of(wake));

        Answer extended = bus.post(LATE + "/wakes:extend", "{\"wakes\":[" + wake.get("id") + "]}");

        assertThat(extended.json().get("held")).isEmpty();
        assertThat(extended.json().get("lost").valueStream()).containsExactly(wake.get("id"));
    }

    @Test
    void aTakerThatLeavesIsGivenNothing() {
        CompletableFuture<Answer> leaving =
                bus.postAsync(LATE + "/wakes:take", "{\"wait\":\"PT60S\",\"taker\":\"worker-1\"}");
        CompletableFuture<Answer> staying =
                bus.postAsync(LATE + "/wakes:take", "{\"wait\":\"PT60S\",\"taker\":\"worker-2\"}");

        await().until(() -> {
            assertThat(bus.post(LATE + "/wakes:leave", "{\"taker\":\"worker-1\"}"))
                    .hasStatus(204);
            return leaving.isDone();
        });
        bus.publish(fact("a parcel is late"));

        assertThat(leaving.join().json().get("wakes")).isEmpty();
        assertThat(staying.join().json().get("wakes")).hasSize(1);
    }

    @Test
    void oneOfThoseWhoWaitIsGivenAWake() {
        List<CompletableFuture<Answer>> takes = IntStream.range(0, 8)
                .mapToObj(i -> bus.postAsync(LATE + "/wakes:take", "{\"wait\":\"PT60S\",\"max\":1}"))
                .toList();

        List<String> ids = bus.publishAll(IntStream.range(0, 8)
                .mapToObj(i -> fact("a parcel is late", "parcel-" + i))
                .toList());

        assertThat(takes.stream()
                        .map(take -> take.join().json().at("/wakes/0/fact/id").asString()))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void thoseWhoWaitAreSentAwayWhenTheSubscriptionEnds() {
        CompletableFuture<Answer> take = bus.postAsync(LATE + "/wakes:take", "{\"wait\":\"PT60S\"}");

        bus.delete(LATE);

        assertThat(take).succeedsWithin(Duration.ofSeconds(10));
        assertThat(Set.of(200, 404)).contains(take.join().status());
    }

    private List<JsonNode> work(AtomicInteger left) {
        List<JsonNode> all = new ArrayList<>();
        while (left.get() > 0) {
            List<JsonNode> some = bus.take("late", 16, Duration.ZERO);
            if (!some.isEmpty()) {
                bus.settle("late", "done", some);
                left.addAndGet(-some.size());
                all.addAll(some);
            }
        }
        return all;
    }
}
