package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Where on each shard of the journal each version of each subscription comes into force. */
public final class RedisActivations {
    private static final String ACTIVE = "active";
    private static final int PAGE = 1_000;
    private static final String DISPATCH = "dispatch";

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final Shards shards;

    /** The activations as seen through one client. */
    public RedisActivations(RedisClient redis, RedisFunctions functions, Shards shards) {
        this.redis = redis;
        this.functions = functions;
        this.shards = shards;
    }

    /**
     * The chains of some subscriptions on one shard. A version that comes into force later than the call does so after
     * every fact that was in the journal before it.
     */
    public Map<String, VersionChain> chains(String namespace, int shard, List<String> subscriptions) {
        Map<String, VersionChain> chains = new HashMap<>();
        if (!subscriptions.isEmpty()) {
            List<String> stored =
                    redis.hmget(RedisKeys.shard(namespace, shard, ACTIVE), subscriptions.toArray(String[]::new));
            for (int i = 0; i < subscriptions.size(); i++) {
                chains.put(subscriptions.get(i), VersionChain.parse(stored.get(i)));
            }
        }
        return chains;
    }

    /** The ids of all subscriptions of a namespace that have been in force. */
    public List<String> subscriptions(String namespace) {
        return List.copyOf(redis.hkeys(RedisKeys.shard(namespace, 0, ACTIVE)));
    }

    /** The revision of the version of each subscription that came into force last on a shard. */
    Map<String, Long> inForce(String namespace, int shard) {
        Map<String, Long> inForce = new HashMap<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<Map.Entry<String, String>> page =
                    redis.hscan(RedisKeys.shard(namespace, shard, ACTIVE), cursor, new ScanParams().count(PAGE));
            page.getResult()
                    .forEach(chain -> VersionChain.parse(chain.getValue())
                            .latest()
                            .ifPresent(revision -> inForce.put(chain.getKey(), revision)));
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return inForce;
    }

    /** How many subscriptions have been in force, on each shard. */
    List<Long> counts(String namespace) {
        return shards.all()
                .mapToObj(shard -> redis.hlen(RedisKeys.shard(namespace, shard, ACTIVE)))
                .toList();
    }

    /** Puts a version in force after given positions, on the shards where none is; how many those were. */
    long restore(String namespace, InterestRef version, List<FactId> after) {
        return after.stream()
                .filter(position -> redis.hsetnx(
                                RedisKeys.shard(namespace, position.shard(), ACTIVE),
                                version.subscription(),
                                version.revision() + "@" + position.milliseconds() + "-" + position.sequence())
                        == 1)
                .count();
    }

    /** Puts a version in force; answers with the last position of each shard that it does not decide. */
    List<FactId> activate(String namespace, InterestRef version) {
        List<Response<Object>> answers = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            shards.all()
                    .forEach(shard -> answers.add(functions.call(
                            pipeline,
                            RedisFunction.ACTIVATE_VERSION,
                            List.of(
                                    RedisKeys.shard(namespace, shard, ACTIVE),
                                    RedisKeys.shard(namespace, shard, "facts")),
                            List.of(version.subscription(), version.revision()))));
        }
        List<FactId> after = new ArrayList<>();
        for (int shard = 0; shard < shards.count(); shard++) {
            StreamEntryID last = new StreamEntryID((byte[]) answers.get(shard).get());
            after.add(new FactId(shard, last.getTime(), last.getSequence()));
        }
        return after;
    }

    /** Forgets what came before a version, on the shards that have passed its activation; whether all have. */
    boolean prune(String namespace, InterestRef version) {
        return shards.all()
                        .mapToObj(shard -> functions.call(
                                RedisFunction.PRUNE_VERSIONS,
                                List.of(
                                        RedisKeys.shard(namespace, shard, ACTIVE),
                                        RedisKeys.shard(namespace, shard, DISPATCH)),
                                List.of(version.subscription(), version.revision())))
                        .filter(Long.valueOf(1)::equals)
                        .count()
                == shards.count();
    }

    /** Takes a subscription out of force everywhere. */
    void forget(String namespace, String subscription) {
        shards.all().forEach(shard -> redis.hdel(RedisKeys.shard(namespace, shard, ACTIVE), subscription));
    }
}
