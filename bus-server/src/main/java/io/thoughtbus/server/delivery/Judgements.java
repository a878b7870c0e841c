package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.FactId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** What subscribers said about the wakes that they settled: whether those were relevant. */
@Component
public final class Judgements {
    private static final int MOST = 1_000;

    private final RedisClient redis;

    Judgements(RedisClient redis) {
        this.redis = redis;
    }

    /** The facts judged last, the newest judgement first, and whether each was relevant; what was said last counts. */
    public Map<FactId, Boolean> newest(SubscriptionRef subscription) {
        Map<FactId, Boolean> relevant = new LinkedHashMap<>();
        for (StreamEntry judgement : redis.xrevrange(
                new InboxKeys(subscription).judgements(), StreamEntryID.MAXIMUM_ID, StreamEntryID.MINIMUM_ID, MOST)) {
            String wake = judgement.getFields().getOrDefault("w", "");
            boolean said = "1".equals(judgement.getFields().get("r"));
            WakeId.parse(wake).ifPresent(id -> relevant.putIfAbsent(id.fact(), said));
        }
        return relevant;
    }
}
