package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.WakeVerdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many takers at one inbox, some of whom walk away, while two dispatchers owe the same facts. */
@Timeout(60)
class InboxConcurrencyTest {
    private static final int FACTS = 300;
    private static final int TAKERS = 5;
    private static final Duration LEASE = InboxInHand.SHORT;

    private final long seed = Long.getLong("thoughtbus.test.seed", System.nanoTime());
    private final InboxInHand inbox =
            InboxInHand.open(DeliverySettings.USUAL.withLease(LEASE).withMaxAttempts(100));
    private final ExecutorService threads = Executors.newFixedThreadPool(TAKERS + 2);
    private final Queue<Held> held = new ConcurrentLinkedQueue<>();
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void noWakeIsHeldByTwoAtOnceAndEachIsFinishedOnce() throws Exception {
        List<Callable<Void>> work = new ArrayList<>(List.of(this::dispatch, this::dispatch));
        for (int taker = 0; taker < TAKERS; taker++) {
            Random random = new Random(seed + taker);
            work.add(() -> takeUntilAllIsDone(random));
        }

        for (Future<Void> finished : threads.invokeAll(work)) {
            finished.get();
        }

        assertThat(done).describedAs("seed %d", seed).hasValue(FACTS);
        assertThat(held).describedAs("seed %d", seed).hasSizeGreaterThan(FACTS);
        assertThat(inbox.owed()).isEmpty();
        assertThat(inbox.dead()).isEmpty();
        Map<String, List<Held>> byWake = held.stream().collect(Collectors.groupingBy(Held::wake));
        assertThat(byWake).hasSize(FACTS);
        assertThat(byWake.values()).allSatisfy(this::oneAfterTheOther);
    }

    private void oneAfterTheOther(List<Held> attempts) {
        List<Held> inOrder =
                attempts.stream().sorted(Comparator.comparing(Held::attempt)).toList();
        for (int i = 0; i < inOrder.size(); i++) {
            Held now = inOrder.get(i);
            assertThat(now.attempt()).describedAs("seed %d, %s", seed, inOrder).isEqualTo(i + 1);
            if (i > 0 && inOrder.get(i - 1).outcome() != VerdictOutcome.Kind.LATER) {
                assertThat(now.from())
                        .describedAs("seed %d, %s", seed, inOrder)
                        .isAfterOrEqualTo(inOrder.get(i - 1).until());
            }
        }
        assertThat(inOrder.get(inOrder.size() - 1).outcome()).isEqualTo(VerdictOutcome.Kind.DONE);
    }

    private Void dispatch() {
        for (int i = 0; i < FACTS; i += 3) {
            inbox.owe(new FactId(0, 1_000 + i, 0), new FactId(0, 1_000 + i, 1), new FactId(0, 1_000 + i, 2));
        }
        return null;
    }

    private Void takeUntilAllIsDone(Random random) {
        while (done.get() < FACTS) {
            Handover handover = inbox.take(1 + random.nextInt(4));
            for (Handover.Given given : handover.wakes()) {
                VerdictOutcome.Kind outcome = judge(given, random);
                held.add(new Held(
                        given.wake(),
                        given.attempt(),
                        handover.leaseUntil().minus(LEASE),
                        handover.leaseUntil(),
                        outcome));
            }
        }
        return null;
    }

    /** Finishes most, defers some, and walks away from the others. */
    private VerdictOutcome.Kind judge(Handover.Given given, Random random) {
        int choice = random.nextInt(10);
        if (choice < 2) {
            return VerdictOutcome.Kind.GONE;
        }
        VerdictOutcome.Kind outcome = choice < 4
                ? inbox.settle(given.wake(), Kind.LATER, Duration.ZERO, null, given.attempt())
                        .kind()
                : inbox.settle(given.wake(), Kind.DONE, null, null, given.attempt())
                        .kind();
        if (outcome == VerdictOutcome.Kind.DONE) {
            done.incrementAndGet();
        }
        return outcome;
    }

    /** One attempt: from when until when a taker held a wake, and what became of its verdict. */
    private record Held(String wake, int attempt, Instant from, Instant until, VerdictOutcome.Kind outcome) {}
}
