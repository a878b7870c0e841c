package io.thoughtbus.server.replay;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayDraft;
import io.thoughtbus.protocol.ReplayedMatch;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.journal.RedisErased;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.subscription.StoredSubscription;
import io.thoughtbus.server.subscription.Subscriptions;
import io.thoughtbus.server.trail.Trail;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
    private final ReplayRanges ranges;
    private final Embedder embedder;
    private final Shards shards;
    private final RedisErased erased;
    private final Clock clock;
    private final Trail trail;

    Replays(
            Subscriptions subscriptions,
            RedisReplays replays,
            ReplayQueue queue,
            ReplayRanges ranges,
            Embedder embedder,
            Shards shards,
            RedisErased erased,
            Clock clock,
            Trail trail) {
        this.subscriptions = subscriptions;
        this.replays = replays;
        this.queue = queue;
        this.ranges = ranges;
        this.embedder = embedder;
        this.shards = shards;
        this.erased = erased;
        this.clock = clock;
        this.trail = trail;
    }

    /** Starts a replay by the version in force now, over what the journal holds now. */
    Replay start(SubscriptionRef subscription, ReplayDraft draft) {
        StoredSubscription decides = subscriptions.require(subscription.namespace(), subscription.id());
        if (replays.running().size() >= MOST_RUNNING) {
            throw new ProblemException(
                    ProblemType.TOO_MANY_REPLAYS, MOST_RUNNING + " replays run or wait, which is the most");
        }
        Choice choice = new Choice(draft.subject(), draft.publisher(), draft.filter(), draft.about());
        new Selection(choice, embedder);
        ReplayRange range = ranges.accepted(subscription.namespace(), draft.from(), draft.to());
        FactId wholeFrom =
                ranges.wholeFrom(subscription.namespace(), draft.from()).orElse(null);
        ReplayRef ref = new ReplayRef(subscription, UUID.randomUUID().toString());
        trail.note(
                subscription.namespace(),
                "replay",
                ref.id(),
                Map.of("subscription", subscription.id(), "revision", decides.revision(), "asked", draft));
        queue.add(ref, decides, range, new ReplayQueue.How(wholeFrom, choice, draft.deliver(), draft.rate()));
        return show(ref, 0, 0);
    }

    /** A replay with some of its matches. */
    Replay show(ReplayRef ref, long skip, int most) {
        StoredReplay replay = replays.find(ref).orElseThrow(() -> notFound(ref));
        List<ReplayedMatch> found = replays.matches(ref, skip, most + 1);
        boolean more = found.size() > most;
        return replay.toReplay(
                more ? found.subList(0, most) : found,
                more && most > 0 ? Long.toString(skip + most) : null,
                erased(replay),
                clock.instant());
    }

    private long erased(StoredReplay replay) {
        ReplayRange range = replay.plan().range();
        String namespace = replay.ref().subscription().namespace();
        return shards.all()
                .mapToLong(shard -> erased.count(
                        namespace,
                        shard,
                        range.from().first().milliseconds(),
                        range.to().last().milliseconds()))
                .sum();
    }

    /** The replays of a subscription that are remembered, without their matches. */
    List<Replay> list(SubscriptionRef subscription) {
        subscriptions.require(subscription.namespace(), subscription.id());
        return replays.ids(subscription).stream()
                .map(id -> remembered(new ReplayRef(subscription, id)))
                .flatMap(Optional::stream)
                .map(replay -> replay.toReplay(List.of(), null, erased(replay), clock.instant()))
                .toList();
    }

    /** Stops a replay, if it has not ended. */
    Replay cancel(ReplayRef ref) {
        Replay before = show(ref, 0, 0);
        if (before.isEnded()) {
            return before;
        }
        trail.note(ref.subscription().namespace(), "replay-cancelled", ref.id(), Map.of());
        replays.end(ref, Replay.State.CANCELLED, clock.instant(), null);
        return show(ref, 0, 0);
    }

    /** Pauses a replay that runs, or lets one that is paused go on. */
    Replay hold(ReplayRef ref, boolean pause) {
        show(ref, 0, 0);
        replays.hold(ref, pause, clock.instant());
        queue.look();
        return show(ref, 0, 0);
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
