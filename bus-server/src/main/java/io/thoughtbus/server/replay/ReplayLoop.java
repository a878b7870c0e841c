package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.Replay;
import io.thoughtbus.server.journal.LostEntriesException;
import io.thoughtbus.server.loop.Loop;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Carries out replays, and those that a server which died has left; each for a while and then the next, so that one that
 * is long or delivers slowly holds up no other.
 */
final class ReplayLoop implements Loop {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofMillis(20);
    private static final long TURN_NANOS = 250_000_000;

    private final RedisReplays replays;
    private final ReplayRuns runs;
    private final ReplayBell bell;
    private final Clock clock;
    private final int number;
    private final String token = UUID.randomUUID().toString();
    private final Map<ReplayRef, ReplayRun> begun = new HashMap<>();

    ReplayLoop(RedisReplays replays, ReplayRuns runs, ReplayBell bell, Clock clock, int number) {
        this.replays = replays;
        this.runs = runs;
        this.bell = bell;
        this.clock = clock;
        this.number = number;
    }

    @Override
    public String name() {
        return "replay-" + number;
    }

    @Override
    public Duration rest() {
        return Duration.ZERO;
    }

    @Override
    public int doWork() throws InterruptedException {
        bell.await(untilNextStep());
        List<ReplayRef> running = replays.running();
        begun.keySet().retainAll(running);
        RuntimeException failure = null;
        for (ReplayRef ref : running) {
            try {
                if (replays.lease(ref, token, LEASE)) {
                    carryOn(ref);
                } else {
                    begun.remove(ref);
                }
            } catch (LostEntriesException e) {
                replays.end(ref, Replay.State.FAILED, clock.instant(), e.getMessage());
                leave(ref);
            } catch (RuntimeException e) {
                leave(ref);
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return 1;
    }

    @Override
    public void close() {
        List.copyOf(begun.keySet()).forEach(this::leave);
    }

    private Duration untilNextStep() {
        return begun.values().stream()
                .map(ReplayRun::rest)
                .min(Duration::compareTo)
                .map(rest -> rest.isZero() || rest.compareTo(SHORTEST) >= 0 ? rest : SHORTEST)
                .filter(rest -> rest.compareTo(LOOK) < 0)
                .orElse(LOOK);
    }

    private void carryOn(ReplayRef ref) throws InterruptedException {
        ReplayRun run = begun.get(ref);
        if (run == null) {
            run = begin(ref);
        }
        if (run == null || !takeTurn(run)) {
            leave(ref);
        } else {
            begun.put(ref, run);
        }
    }

    /** Goes on for a while; whether there may be more to do. */
    private boolean takeTurn(ReplayRun run) throws InterruptedException {
        long started = System.nanoTime();
        while (run.rest().isZero() && System.nanoTime() - started < TURN_NANOS) {
            if (!run.step()) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("the bus is stopping");
            }
        }
        return true;
    }

    private @Nullable ReplayRun begin(ReplayRef ref) {
        Optional<StoredReplay> found = replays.find(ref);
        if (found.isEmpty() || found.get().state().isEnd()) {
            replays.end(ref, Replay.State.CANCELLED, clock.instant(), null);
            return null;
        }
        StoredReplay replay = found.get();
        if (replay.state() == Replay.State.PAUSED) {
            if (Pauses.isOver(replay.pausedAt(), clock.instant())) {
                replays.end(ref, Replay.State.CANCELLED, clock.instant(), Pauses.OVER);
            }
            return null;
        }
        Optional<ReplayRun> run = runs.of(replay);
        if (run.isEmpty()) {
            replays.end(ref, Replay.State.FAILED, clock.instant(), "this version of the subscription is gone");
        }
        return run.orElse(null);
    }

    private void leave(ReplayRef ref) {
        begun.remove(ref);
        replays.release(ref, token);
    }
}
