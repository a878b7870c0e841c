package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.JournalPoint;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayDraft;
import io.thoughtbus.protocol.ReplayedMatch;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.RedisTime;
import io.thoughtbus.server.subscription.StoredSubscription;
import io.thoughtbus.server.subscription.Subscriptions;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Starts, shows and cancels replays. */
@Component
final class Replays {
    private static final int MOST_RUNNING = 256;

    private final Subscriptions subscriptions;
    private final RedisReplays replays;
    private final ReplayQueue queue;
    private final RedisTime time;
    private final RedisJournal journal;
    private final Shards shards;
    private final Clock clock;

    Replays(
            Subscriptions subscriptions,
            RedisReplays replays,
            ReplayQueue queue,
            RedisTime time,
            RedisJournal journal,
            Shards shards,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.replays = replays;
        this.time = time;
        this.queue = queue;
        this.journal = journal;
        this.shards = shards;
        this.clock = clock;
    }

    /** Starts a replay by the version in force now, over what the journal holds now. */
    Replay start(SubscriptionRef subscription, ReplayDraft draft) {
        StoredSubscription decides = subscriptions.require(subscription.namespace(), subscription.id());
        if (replays.running().size() >= MOST_RUNNING) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REPLAYS, MOST_RUNNING + " replays run or wait, which is the most");
        }
        ReplayRange present = upToNow(subscription.namespace(), draft.from());
        JournalPoint to = draft.to();
        ReplayRange range = to == null || to.last().compareTo(present.to().last()) > 0
                ? present
                : new ReplayRange(draft.from(), to, List.of());
        ReplayRef ref = new ReplayRef(subscription, UUID.randomUUID().toString());
        queue.add(ref, decides, range, draft.subject(), draft.deliver());
        return show(ref, 0, 0);
    }

    /** All that the journal holds, also where its positions are ahead of the clock. */
    private ReplayRange upToNow(String namespace, JournalPoint from) {
        JournalPoint now = JournalPoint.at(time.settled());
        List<FactId> lasts =
                shards.all().mapToObj(shard -> journal.last(namespace, shard)).toList();
        FactId last = Collections.max(lasts);
        return last.compareTo(now.last()) <= 0
                ? new ReplayRange(from, now, List.of())
                : new ReplayRange(from, JournalPoint.at(last), lasts);
    }

    /** A replay with some of its matches. */
    Replay show(ReplayRef ref, long skip, int most) {
        StoredReplay replay = replays.find(ref).orElseThrow(() -> notFound(ref));
        List<ReplayedMatch> found = replays.matches(ref, skip, most + 1);
        boolean more = found.size() > most;
        return replay.toReplay(
                more ? found.subList(0, most) : found, more && most > 0 ? Long.toString(skip + most) : null);
    }

    /** The replays of a subscription that are remembered, without their matches. */
    List<Replay> list(SubscriptionRef subscription) {
        subscriptions.require(subscription.namespace(), subscription.id());
        return replays.ids(subscription).stream()
                .map(id -> remembered(new ReplayRef(subscription, id)))
                .flatMap(Optional::stream)
                .map(replay -> replay.toReplay(List.of(), null))
                .toList();
    }

    /** Stops a replay, if it runs. */
    Replay cancel(ReplayRef ref) {
        Replay before = show(ref, 0, 0);
        replays.end(ref, Replay.State.CANCELLED, clock.instant(), null);
        return before.isEnded() ? before : show(ref, 0, 0);
    }

    private Optional<StoredReplay> remembered(ReplayRef ref) {
        Optional<StoredReplay> found = replays.find(ref);
        if (found.isEmpty()) {
            replays.forget(ref);
        }
        return found;
    }

    private static ProblemException notFound(ReplayRef ref) {
        return new ProblemException(
                ProblemType.REPLAY_NOT_FOUND,
                "there is no replay " + ref.id() + " of " + ref.subscription().id()
                        + "; their records end a week after them");
    }
}
