package io.thoughtbus.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.Subscriber;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class SdkSubscriberTest {
    private static final SubscriptionDraft LATE = SubscriptionDraft.of("agent", "a parcel is late");
    private static final SubscriptionDraft HASTY =
            LATE.withDelivery(DeliverySettings.USUAL.withLease(Duration.ofMillis(300)));

    @LocalServerPort
    private int port;

    private final RecordingListener listener = RecordingListener.quiet();
    private HttpProbe probe;
    private ThoughtBus bus;

    @BeforeEach
    void connect() {
        probe = HttpProbe.at(port);
        bus = ThoughtBus.builder(URI.create(probe.uri())).listener(listener).connect();
    }

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void worksOnAsManyWakesAtATimeAsItIsTold() {
        CyclicBarrier three = new CyclicBarrier(3);
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        bus.subscribe("late", LATE, 3, wake -> {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            three.await(10, TimeUnit.SECONDS);
            atWork.decrementAndGet();
            done.incrementAndGet();
            return Verdict.done();
        });

        publish(30);

        await().untilAsserted(() -> assertThat(done).hasValue(30));
        assertThat(most).hasValue(3);
    }

    @Test
    void worksOnTheWakesOfASubjectInTheirOrderWhenAlone() {
        List<Long> numbers = new CopyOnWriteArrayList<>();
        bus.subscribe("late", LATE, wake -> {
            numbers.add((Long) wake.fact().attributes().getOrDefault("n", -1L));
            return Verdict.done();
        });

        IntStream.range(0, 50)
                .forEach(n -> bus.publish(
                        FactDraft.of("a parcel is late").about("parcel-7").withAttributes(java.util.Map.of("n", n))));

        await().until(() -> numbers.size() == 50);
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void keepsAWakeInHandForAsLongAsItsHandlerTakes() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        bus.subscribe("late", HASTY, 2, wake -> {
            attempts.add(wake.attempt());
            released.await();
            return Verdict.done();
        });
        bus.publish("a parcel is late");
        await().until(() -> attempts.size() == 1);
        Instant fourLeases = Instant.now().plusMillis(1200);

        await().during(Duration.ofMillis(1200)).atMost(Duration.ofSeconds(5)).until(() -> attempts.size() == 1);
        assertThat(Instant.now()).isAfterOrEqualTo(fourLeases);
        released.countDown();
        bus.close();

        assertThat(attempts).containsExactly(1);
        assertThat(probe.takeAll("late", 0)).isEmpty();
        assertThat(listener.heard()).isEmpty();
    }

    @Test
    void closingLetsHandlersFinishAndLeavesTheRestToOthers() {
        CountDownLatch started = new CountDownLatch(2);
        CountDownLatch released = new CountDownLatch(1);
        Set<String> finished = new ConcurrentSkipListSet<>();
        bus.subscribe("late", LATE, 2, wake -> {
            started.countDown();
            released.await();
            finished.add(wake.id());
            return Verdict.done();
        });
        List<String> published = publish(20);
        await().until(() -> started.getCount() == 0);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(bus::close);
        await().during(Duration.ofMillis(200)).until(() -> !closing.isDone());
        released.countDown();

        assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
        assertThat(finished).hasSize(2);
        assertThat(probe.takeAll("late", published.size() - 2))
                .hasSize(published.size() - 2)
                .allMatch(wake -> wake.get("attempt").asInt() == 1)
                .noneMatch(wake -> finished.contains(wake.get("id").asString()));
    }

    @Test
    void closingDoesNotWaitForWakesToCome() {
        Subscriber subscriber = bus.subscribe("late", LATE, wake -> Verdict.done());
        bus.publish("a parcel is late");

        CompletableFuture<Void> closing = CompletableFuture.runAsync(subscriber::close);

        assertThat(closing).succeedsWithin(Duration.ofSeconds(5));
        assertThat(subscriber.isRunning()).isFalse();
    }

    @Test
    void endsWhenItsSubscriptionIsDeleted() {
        Subscriber subscriber = bus.subscribe("late", LATE, wake -> Verdict.done());

        assertThat(bus.delete("late")).isTrue();

        await().until(() -> !subscriber.isRunning());
        assertThat(listener.heard()).containsExactly("ended late");
        assertThat(bus.delete("late")).isFalse();
    }

    @Test
    void hearsOfAVerdictThatCameTooLate() {
        bus.subscribe("late", LATE, wake -> {
            probe.post("/subscriptions/late/verdicts", "[{\"wake\":\"" + wake.id() + "\",\"verdict\":\"done\"}]");
            return Verdict.done();
        });

        bus.publish("a parcel is late");

        await().untilAsserted(() -> assertThat(listener.heard()).containsExactly("refused late"));
    }

    @Test
    void sharesTheWakesWithAnotherOfTheSameSubscription() {
        Set<String> first = new ConcurrentSkipListSet<>();
        Set<String> second = new ConcurrentSkipListSet<>();
        try (ThoughtBus other = ThoughtBus.connect(probe.uri())) {
            bus.subscribe("late", LATE, 4, wake -> {
                first.add(wake.id());
                return Verdict.done();
            });
            other.subscribe("late", LATE, 4, wake -> {
                second.add(wake.id());
                return Verdict.done();
            });

            publish(200);

            await().until(() -> first.size() + second.size() >= 200);
        }
        assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
        assertThat(first.size() + second.size()).isEqualTo(200);
    }

    private List<String> publish(int count) {
        List<FactDraft> drafts = IntStream.range(0, count)
                .mapToObj(i -> FactDraft.of("a parcel is late").about("parcel-" + i))
                .toList();
        return bus.publishAll(drafts).stream().map(Object::toString).toList();
    }
}
