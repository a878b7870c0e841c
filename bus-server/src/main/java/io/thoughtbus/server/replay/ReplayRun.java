package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.server.delivery.WakeId;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.Decision;
import io.thoughtbus.server.journal.JournalledFact;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** One replay being carried out: reads some facts, decides them as the dispatcher would, and notes what it found. */
final class ReplayRun {
    private static final int STEP = 256;

    private final RedisReplays replays;
    private final JournalReader reader;
    private final CompiledInterest interest;
    private final Guard guard;
    private final Clock clock;
    private final ReplayRef ref;
    private final StoredReplay.Plan plan;
    private StoredReplay.Progress progress;

    ReplayRun(
            RedisReplays replays,
            JournalReader reader,
            CompiledInterest interest,
            Guard guard,
            Clock clock,
            StoredReplay replay) {
        this.replays = replays;
        this.reader = reader;
        this.interest = interest;
        this.guard = guard;
        this.clock = clock;
        this.ref = replay.ref();
        this.plan = replay.plan();
        this.progress = replay.progress();
    }

    /** Goes one step further; whether there may be more to do. */
    boolean step() {
        List<JournalledFact> facts = reader.next(STEP);
        if (facts.isEmpty()) {
            replays.end(ref, Replay.State.DONE, clock.instant(), null);
            return false;
        }
        List<RedisReplays.Found> found = new ArrayList<>();
        for (JournalledFact fact : facts) {
            if (plan.subject() == null || plan.subject().equals(fact.fact().subject())) {
                Decision decision = interest.decide(fact, guard.read(fact.fact().text(), fact.embedding()));
                if (decision.wakes()) {
                    found.add(new RedisReplays.Found(fact.id(), decision.score(), wake(fact.id())));
                }
            }
        }
        FactId first = progress.scanned() == 0 ? facts.get(0).id() : progress.first();
        progress = new StoredReplay.Progress(
                first,
                facts.get(facts.size() - 1).id(),
                progress.scanned() + facts.size(),
                progress.matched() + found.size(),
                digest(progress.digest(), found));
        return replays.advance(ref, progress, found);
    }

    private String wake(FactId fact) {
        return plan.deliver() ? new WakeId(fact, plan.revision(), ref.id()).toString() : "";
    }

    /** Each match's digest includes that of all before, so that the last one stands for all. */
    private static String digest(String before, List<RedisReplays.Found> found) {
        try {
            String digest = before;
            for (RedisReplays.Found match : found) {
                MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                digest = HexFormat.of()
                        .formatHex(sha256.digest((digest + match.entry()).getBytes(StandardCharsets.UTF_8)));
            }
            return Objects.requireNonNull(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
