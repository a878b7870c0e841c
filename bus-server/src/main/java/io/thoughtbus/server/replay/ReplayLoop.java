package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.Replay;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.loop.Loop;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Carries out replays one after the other, and those that a server which died has left. */
final class ReplayLoop implements Loop {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final RedisReplays replays;
    private final ReplayBell bell;
    private final RedisJournal journal;
    private final Shards shards;
    private final Interests interests;
    private final Guard guard;
    private final Clock clock;
    private final int number;
    private final String token = UUID.randomUUID().toString();

    ReplayLoop(
            RedisReplays replays,
            ReplayBell bell,
            RedisJournal journal,
            Shards shards,
            Interests interests,
            Guard guard,
            Clock clock,
            int number) {
        this.replays = replays;
        this.bell = bell;
        this.journal = journal;
        this.shards = shards;
        this.interests = interests;
        this.guard = guard;
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
        bell.await(LOOK);
        RuntimeException failure = null;
        for (ReplayRef ref : replays.running()) {
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

    private void carryOutAlone(ReplayRef ref) throws InterruptedException {
        if (replays.lease(ref, token, LEASE)) {
            try {
                carryOut(ref);
            } finally {
                replays.release(ref, token);
            }
        }
    }

    private void carryOut(ReplayRef ref) throws InterruptedException {
        Optional<StoredReplay> found = replays.find(ref);
        if (found.isEmpty() || found.get().state() != Replay.State.RUNNING) {
            replays.end(ref, Replay.State.CANCELLED, clock.instant(), null);
            return;
        }
        StoredReplay replay = found.get();
        Optional<CompiledInterest> interest = interests.find(
                ref.subscription().namespace(),
                new InterestRef(ref.subscription().id(), replay.plan().revision()));
        if (interest.isEmpty()) {
            replays.end(ref, Replay.State.FAILED, clock.instant(), "this version of the subscription is gone");
            return;
        }
        JournalReader reader = new JournalReader(
                journal,
                shards,
                ref.subscription().namespace(),
                replay.plan().range(),
                replay.progress().read());
        ReplayRun run = new ReplayRun(replays, reader, interest.get(), guard, clock, replay);
        while (run.step()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the bus is stopping");
            }
            if (!replays.lease(ref, token, LEASE)) {
                return;
            }
        }
    }
}
