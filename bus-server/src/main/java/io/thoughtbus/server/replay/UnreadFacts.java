package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.retention.FactNeed;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import redis.clients.jedis.StreamEntryID;

/** The facts that running replays, of subscriptions and of namespaces, have not read yet. */
@Component
@Order(FactNeed.OWING)
final class UnreadFacts implements FactNeed {
    private final RedisReplays replays;
    private final RedisComparisons comparisons;
    private final Shards shards;

    UnreadFacts(RedisReplays replays, RedisComparisons comparisons, Shards shards) {
        this.replays = replays;
        this.comparisons = comparisons;
        this.shards = shards;
    }

    @Override
    public Map<Integer, StreamEntryID> oldest(String namespace) {
        Stream<Long> ofSubscriptions = replays.running().stream()
                .filter(ref -> ref.subscription().namespace().equals(namespace))
                .map(replays::find)
                .flatMap(Optional::stream)
                .map(replay -> unread(
                        replay.plan().range().from().first(), replay.progress().read()));
        Stream<Long> ofTheNamespace = comparisons.running().stream()
                .filter(ref -> ref.namespace().equals(namespace))
                .map(comparisons::find)
                .flatMap(Optional::stream)
                .map(replay -> unread(
                        replay.plan().range().from().first(), replay.progress().read()));
        return Stream.concat(ofSubscriptions, ofTheNamespace)
                .min(Long::compare)
                .map(oldest -> shards.all()
                        .boxed()
                        .collect(Collectors.toMap(shard -> shard, shard -> new StreamEntryID(oldest, 0))))
                .orElse(Map.of());
    }

    private static long unread(FactId from, FactId read) {
        return Math.max(from.milliseconds(), read.milliseconds());
    }
}
