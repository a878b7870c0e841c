package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.Replay;
import io.thoughtbus.server.journal.LostEntriesException;
import io.thoughtbus.server.loop.Loop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Carries out replays of namespaces one after the other, and those that a server which died has left. */
final class ComparisonLoop implements Loop {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final long RENEW_NANOS = 1_000_000_000;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final RedisComparisons comparisons;
    private final ComparisonRuns runs;
    private final ReplayBell bell;
    private final Clock clock;
    private final String token = UUID.randomUUID().toString();

    ComparisonLoop(RedisComparisons comparisons, ComparisonRuns runs, ReplayBell bell, Clock clock) {
        this.comparisons = comparisons;
        this.runs = runs;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "comparison";
    }

    @Override
    public Duration rest() {
        return Duration.ZERO;
    }

    @Override
    public int doWork() throws InterruptedException {
        bell.await(LOOK);
        RuntimeException failure = null;
        for (ComparisonRef ref : comparisons.running()) {
            try {
                carryOutAlone(ref);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return 1;
    }

    private void carryOutAlone(ComparisonRef ref) throws InterruptedException {
        if (comparisons.lease(ref, token, LEASE)) {
            try {
                carryOut(ref);
            } catch (IncompleteHistoryException | LostEntriesException e) {
                comparisons.end(ref, Replay.State.FAILED, clock.instant(), e.getMessage());
            } finally {
                comparisons.release(ref, token);
            }
        }
    }

    private void carryOut(ComparisonRef ref) throws InterruptedException {
        Optional<StoredComparison> found = comparisons.find(ref);
        if (found.isEmpty() || found.get().state().isEnd()) {
            comparisons.end(ref, Replay.State.CANCELLED, clock.instant(), null);
            return;
        }
        if (found.get().state() == Replay.State.PAUSED) {
            Instant paused = found.get().pausedAt();
            if (Pauses.isOver(paused, clock.instant())) {
                comparisons.end(ref, Replay.State.CANCELLED, clock.instant(), Pauses.OVER);
            }
            return;
        }
        ComparisonRun run = runs.of(found.get());
        long renewed = System.nanoTime();
        while (run.step()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the bus is stopping");
            }
            if (System.nanoTime() - renewed > RENEW_NANOS) {
                renewed = System.nanoTime();
                if (!comparisons.lease(ref, token, LEASE)) {
                    return;
                }
            }
        }
    }
}
