package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;

/** Which facts no longer hold, and what said so: noted in the same step in which that enters the journal. */
@Component
public final class RedisWithdrawals {
    private final RedisClient redis;

    RedisWithdrawals(RedisClient redis) {
        this.redis = redis;
    }

    /** For each of some facts that no longer holds the fact that said so. */
    public Map<FactId, Withdrawal> find(String namespace, List<FactId> ids) {
        List<Response<@Nullable String>> answers = new ArrayList<>(ids.size());
        try (Pipeline pipeline = redis.pipelined()) {
            ids.forEach(id -> answers.add(pipeline.hget(key(namespace, id.shard()), RedisJournal.position(id))));
        }
        Map<FactId, Withdrawal> found = new HashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            String stored = answers.get(i).get();
            if (stored != null) {
                found.put(ids.get(i), parse(ids.get(i).shard(), stored));
            }
        }
        return found;
    }

    /** The key of what is withdrawn in a shard. */
    public static String key(String namespace, int shard) {
        return RedisKeys.shard(namespace, shard, "withdrawn");
    }

    static String name(Withdrawal.How how) {
        return how.name().toLowerCase(Locale.ROOT);
    }

    static Withdrawal.How how(String name) {
        return Withdrawal.How.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Withdrawal parse(int shard, String stored) {
        int space = stored.indexOf(' ');
        StreamEntryID by = new StreamEntryID(stored.substring(space + 1));
        return new Withdrawal(new FactId(shard, by.getTime(), by.getSequence()), how(stored.substring(0, space)));
    }
}
