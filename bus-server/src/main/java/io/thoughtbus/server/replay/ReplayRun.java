package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.SecondStageAnswer;
import io.thoughtbus.server.delivery.WakeId;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.Decision;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.matching.RedisAnswers;
import io.thoughtbus.server.matching.RedisAnswers.Asked;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One replay being carried out: reads some facts, decides them as the dispatcher would, and notes what it found. */
final class ReplayRun {
    private static final int STEP = 512;

    private final RedisReplays replays;
    private final RedisAnswers answers;
    private final JournalReader reader;
    private final Selection selection;
    private final CompiledInterest interest;
    private final Guard guard;
    private final Clock clock;
    private final Pace pace;
    private final ReplayRef ref;
    private final StoredReplay.Plan plan;
    private final Deque<StoredFact> ahead = new ArrayDeque<>();
    private StoredReplay.Progress progress;
    private long serial;
    private long since = System.nanoTime();

    ReplayRun(
            RedisReplays replays,
            RedisAnswers answers,
            JournalReader reader,
            Selection selection,
            CompiledInterest interest,
            Guard guard,
            Clock clock,
            StoredReplay replay) {
        this.replays = replays;
        this.answers = answers;
        this.reader = reader;
        this.selection = selection;
        this.interest = interest;
        this.guard = guard;
        this.clock = clock;
        this.ref = replay.ref();
        this.plan = replay.plan();
        this.pace = new Pace(plan.rate(), System::nanoTime);
        this.progress = replay.progress();
        this.serial = replay.serial();
    }

    /** Goes one step further; whether there may be more to do. */
    boolean step() {
        if (ahead.isEmpty()) {
            ahead.addAll(reader.next(STEP));
        }
        if (ahead.isEmpty()) {
            replays.end(ref, Replay.State.DONE, clock.instant(), null);
            return false;
        }
        List<RedisReplays.Found> found = new ArrayList<>();
        List<FactId> read = new ArrayList<>();
        long allowance = pace.allowance();
        while (!ahead.isEmpty() && found.size() < allowance) {
            StoredFact fact = ahead.removeFirst();
            read.add(fact.id());
            found(fact).ifPresent(found::add);
        }
        if (read.isEmpty()) {
            return true;
        }
        pace.spend(found.size());
        progress = progress.after(read, found.size(), digest(found), ranMillis());
        return replays.advance(ref, serial++, progress, found);
    }

    /** How long to rest before the next step, so as not to deliver too fast. */
    Duration rest() {
        return pace.untilNext();
    }

    /** A match, or that what the fact takes back was one within the range. */
    private Optional<RedisReplays.Found> found(StoredFact fact) {
        if (!fact.mayWithdraw()) {
            return match(fact, fact.id(), false);
        }
        Optional<RedisReplays.Found> match =
                fact.fact().isRetraction() ? Optional.empty() : match(fact, fact.id(), false);
        FactId old = fact.fact().withdraws();
        return match.isPresent()
                        || old == null
                        || old.compareTo(plan.range().from().first()) < 0
                ? match
                : reader.find(old).flatMap(takenBack -> match(takenBack, fact.id(), true));
    }

    private Optional<RedisReplays.Found> match(StoredFact fact, FactId told, boolean retracted) {
        if (!interest.isReached(interest.reach(fact.embedding())) || !selection.includes(fact)) {
            return Optional.empty();
        }
        Decision decision =
                interest.decide(fact.journalled(), guard.read(fact.fact().text(), fact.embedding()));
        boolean wakes = decision.isInDoubt() ? answer(fact.id()).wakes(decision.margin()) : decision.wakes();
        return wakes
                ? Optional.of(new RedisReplays.Found(told, decision.reach().score(), wake(told, retracted)))
                : Optional.empty();
    }

    private SecondStageAnswer answer(FactId fact) {
        Asked asked = new Asked(fact, new InterestRef(interest.subscription(), interest.revision()));
        return answers.findAll(ref.subscription().namespace(), List.of(asked))
                .getOrDefault(asked, SecondStageAnswer.AWAY);
    }

    private String wake(FactId fact, boolean retracted) {
        return plan.deliver() ? new WakeId(fact, plan.revision(), retracted, ref.id()).toString() : "";
    }

    private String digest(List<RedisReplays.Found> found) {
        Digest digest = new Digest(progress.digest());
        for (RedisReplays.Found match : found) {
            digest = digest.with(match.entry().getBytes(StandardCharsets.UTF_8));
        }
        return digest.value();
    }

    private long ranMillis() {
        long now = System.nanoTime();
        long ran = (now - since) / 1_000_000;
        since += ran * 1_000_000;
        return ran;
    }
}
