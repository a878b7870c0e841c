package io.thoughtbus.server.delivery;

import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.retention.FactNeed;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.resps.Tuple;

/** The facts that are not dispatched yet, and those of wakes that are owed or in doubt. */
@Component
@Order(FactNeed.OWED)
final class OwedFacts implements FactNeed {
    private static final int TOGETHER = 1_000;

    private final RedisClient redis;
    private final Inboxes inboxes;
    private final RedisQuestions questions;
    private final Shards shards;

    OwedFacts(RedisClient redis, Inboxes inboxes, RedisQuestions questions, Shards shards) {
        this.redis = redis;
        this.inboxes = inboxes;
        this.questions = questions;
        this.shards = shards;
    }

    /** The cursors come first: what is owed after they were read lies behind them. What was in doubt may be owed then. */
    @Override
    public Map<Integer, StreamEntryID> oldest(String namespace) {
        Map<Integer, StreamEntryID> oldest = new HashMap<>();
        shards.all().forEach(shard -> oldest.put(shard, cursor(namespace, shard)));
        questions.asking().stream()
                .filter(subscription -> subscription.namespace().equals(namespace))
                .forEach(subscription -> needed(new InboxKeys(subscription).questions(), oldest));
        inboxes.withWakes(namespace).forEach(subscription -> needed(new InboxKeys(subscription).inbox(), oldest));
        return oldest;
    }

    private StreamEntryID cursor(String namespace, int shard) {
        String cursor = redis.hget(RedisKeys.shard(namespace, shard, "dispatch"), "cursor");
        return cursor == null ? new StreamEntryID(0, 0) : new StreamEntryID(cursor);
    }

    private void needed(String wakes, Map<Integer, StreamEntryID> oldest) {
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<Tuple> page = redis.zscan(wakes, cursor, new ScanParams().count(TOGETHER));
            page.getResult()
                    .forEach(wake -> WakeId.parse(wake.getElement())
                            .map(WakeId::fact)
                            .ifPresent(
                                    fact -> oldest.merge(fact.shard(), Dispatcher.position(fact), OwedFacts::first)));
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }

    private static StreamEntryID first(StreamEntryID a, StreamEntryID b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
