package io.thoughtbus.server.replay;

import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.retention.FactNeed;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import redis.clients.jedis.StreamEntryID;

/** The facts that running replays have not read yet. */
@Component
@Order(FactNeed.OWING)
final class ReplayedFacts implements FactNeed {
    private final RedisReplays replays;
    private final Shards shards;

    ReplayedFacts(RedisReplays replays, Shards shards) {
        this.replays = replays;
        this.shards = shards;
    }

    @Override
    public Map<Integer, StreamEntryID> oldest(String namespace) {
        return replays.running().stream()
                .filter(ref -> ref.subscription().namespace().equals(namespace))
                .map(replays::find)
                .flatMap(Optional::stream)
                .map(replay -> Math.max(
                        replay.plan().range().from().first().milliseconds(),
                        replay.progress().read().milliseconds()))
                .min(Long::compare)
                .map(oldest -> shards.all()
                        .boxed()
                        .collect(Collectors.toMap(shard -> shard, shard -> new StreamEntryID(oldest, 0))))
                .orElse(Map.of());
    }
}
