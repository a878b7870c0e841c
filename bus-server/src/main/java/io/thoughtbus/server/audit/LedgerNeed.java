package io.thoughtbus.server.audit;

import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.LedgerSwitchProperties;
import io.thoughtbus.server.retention.FactNeed;
import io.thoughtbus.server.retention.UntakenEntries;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import redis.clients.jedis.StreamEntryID;

/** The facts that the ledger has not taken yet, or whose matches it has not. */
@Component
@Order(FactNeed.OWED)
final class LedgerNeed implements FactNeed {
    private final UntakenEntries untaken;
    private final RedisLedger ledger;
    private final Shards shards;
    private final boolean enabled;

    LedgerNeed(UntakenEntries untaken, RedisLedger ledger, Shards shards, LedgerSwitchProperties properties) {
        this.untaken = untaken;
        this.ledger = ledger;
        this.shards = shards;
        this.enabled = properties.enabled();
    }

    @Override
    public Map<Integer, StreamEntryID> oldest(String namespace) {
        Map<Integer, StreamEntryID> oldest = new HashMap<>();
        if (enabled) {
            LedgerHead head = ledger.head(namespace, LedgerWriter.streams(shards));
            shards.all()
                    .forEach(shard -> oldest.put(
                            shard,
                            untaken.oldest(
                                    namespace,
                                    shard,
                                    head.stream(LedgerWriter.FACTS + shard),
                                    head.stream(LedgerWriter.MATCHES + shard))));
        }
        return oldest;
    }
}
