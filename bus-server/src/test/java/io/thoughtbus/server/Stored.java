package io.thoughtbus.server;

import io.thoughtbus.server.redis.RedisClients;
import io.thoughtbus.server.redis.TestRedis;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** What the Redis of the tests holds. */
public final class Stored {
    private static final RedisClient REDIS = new RedisClients(TestRedis.address()).shared(4);

    private Stored() {}

    /** The Redis itself. */
    public static RedisClient redis() {
        return REDIS;
    }

    /**
     * The keys of a namespace, its shards and its subscriptions, and its entry in the list of namespaces; but for those of
     * its ledger, which come and go in the background.
     */
    public static Set<String> of(String namespace) {
        Set<String> keys = keys("tb:{" + namespace + "}*");
        keys.addAll(keys("tb:{" + namespace + "/*"));
        keys.addAll(keys("tb:{registry}*" + namespace + "/*"));
        keys.removeIf(key -> key.matches(".*(/ledger}:|}:trail$|}:noted$|}:left$).*"));
        if (REDIS.hexists("tb:{registry}:namespaces", namespace)) {
            keys.add("tb:{registry}:namespaces " + namespace);
        }
        return keys;
    }

    /** The keys of this pattern. */
    public static Set<String> keys(String pattern) {
        Set<String> keys = new TreeSet<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page =
                    REDIS.scan(cursor, new ScanParams().match(pattern).count(10_000));
            keys.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return keys;
    }
}
