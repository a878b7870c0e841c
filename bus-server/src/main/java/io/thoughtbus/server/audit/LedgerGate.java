package io.thoughtbus.server.audit;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.erasure.ErasureGate;
import io.thoughtbus.server.redis.LedgerSwitchProperties;
import java.util.List;
import org.springframework.stereotype.Component;
import redis.clients.jedis.StreamEntryID;

/** Lets a fact be erased once it is a leaf: then its hash proves that it was there, and nothing tells what it said. */
@Component
final class LedgerGate implements ErasureGate {
    private final RedisLedger ledger;
    private final boolean enabled;

    LedgerGate(RedisLedger ledger, LedgerSwitchProperties properties) {
        this.ledger = ledger;
        this.enabled = properties.enabled();
    }

    @Override
    public boolean isPassed(String namespace, FactId fact) {
        StreamEntryID position = new StreamEntryID(fact.milliseconds(), fact.sequence());
        String source = LedgerWriter.FACTS + fact.shard();
        return !enabled
                || ledger.head(namespace, List.of(source)).stream(source).compareTo(position) >= 0;
    }
}
