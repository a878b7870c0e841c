package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.JournalPoint;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.redis.RedisTime;
import io.thoughtbus.server.subscription.StoredSubscription;
import io.thoughtbus.server.subscription.SubscriptionPart;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** A subscription that starts in the past has a replay up to its activation, so that no fact is missed or met twice. */
@Component
final class ReplayPart implements SubscriptionPart {
    private final RedisReplays replays;
    private final ReplayQueue queue;
    private final ReplayRanges ranges;
    private final RedisTime time;

    ReplayPart(RedisReplays replays, ReplayQueue queue, ReplayRanges ranges, RedisTime time) {
        this.replays = replays;
        this.queue = queue;
        this.ranges = ranges;
        this.time = time;
    }

    @Override
    public Optional<String> backfill(String namespace, StoredSubscription version) {
        JournalPoint from = version.draft().from();
        if (from == null) {
            return Optional.empty();
        }
        ReplayRef ref = new ReplayRef(new SubscriptionRef(namespace, version.id()), "from-" + version.revision());
        ReplayRange past = new ReplayRange(from, JournalPoint.at(time.settled()), version.activation());
        FactId wholeFrom = ranges.wholeFrom(namespace, from).orElse(null);
        queue.add(ref, version, past, new ReplayQueue.How(wholeFrom, Choice.ALL, true, null));
        return Optional.of(ref.id());
    }

    @Override
    public void remove(String namespace, String subscription) {
        replays.removeAll(new SubscriptionRef(namespace, subscription));
    }
}
