package io.thoughtbus.server.audit;

import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.LedgerSwitchProperties;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.retention.FactNeed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** The facts that the ledger has not taken yet, or whose matches it has not. */
@Component
@Order(FactNeed.OWED)
final class LedgerNeed implements FactNeed {
    private final RedisClient redis;
    private final RedisLedger ledger;
    private final Shards shards;
    private final boolean enabled;

    LedgerNeed(RedisClient redis, RedisLedger ledger, Shards shards, LedgerSwitchProperties properties) {
        this.redis = redis;
        this.ledger = ledger;
        this.shards = shards;
        this.enabled = properties.enabled();
    }

    @Override
    public Map<Integer, StreamEntryID> oldest(String namespace) {
        Map<Integer, StreamEntryID> oldest = new HashMap<>();
        if (enabled) {
            LedgerHead head = ledger.head(namespace);
            shards.all().forEach(shard -> oldest.put(shard, oldest(namespace, shard, head)));
        }
        return oldest;
    }

    /** The cursor of the dispatcher comes first: what is recorded after it was read is of facts behind it. */
    private StreamEntryID oldest(String namespace, int shard, LedgerHead head) {
        String dispatched = redis.hget(RedisKeys.shard(namespace, shard, "dispatch"), "cursor");
        StreamEntryID needed = first(
                head.stream(LedgerWriter.FACTS + shard),
                dispatched == null ? new StreamEntryID(0, 0) : new StreamEntryID(dispatched));
        String taken = "(" + head.stream(LedgerWriter.MATCHES + shard);
        List<StreamEntry> untaken =
                redis.xrange(RedisKeys.shard(namespace, shard, JournalRecords.MATCHES), taken, "+", 1);
        return untaken.isEmpty() ? needed : first(needed, untaken.get(0).getID());
    }

    private static StreamEntryID first(StreamEntryID a, StreamEntryID b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
