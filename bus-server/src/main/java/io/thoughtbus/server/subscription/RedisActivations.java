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
import redis.clients.jedis.resps.StreamEntry;

/** Where on each shard of the journal each version of each subscription comes into force. */
public final class RedisActivations {
    private static final String ACTIVE = "active";
    private static final String HISTORY = "history";
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

    /** Which version decides which facts of a shard, for every subscription there is or has been. */
    public ShardHistory history(String namespace, int shard) {
        Map<String, VersionChain> inForce = chains(namespace, shard);
        return ShardHistory.of(shard, inForce, past(namespace, shard));
    }

    /** What has been taken out of the chains of a shard, and who decided. */
    ShardPast past(String namespace, int shard) {
        return ShardPast.of(entries(namespace, shard));
    }

    private List<StreamEntry> entries(String namespace, int shard) {
        List<StreamEntry> entries = new ArrayList<>();
        String from = "-";
        List<StreamEntry> page;
        do {
            page = redis.xrange(RedisKeys.shard(namespace, shard, HISTORY), from, "+", PAGE);
            entries.addAll(page);
            from = page.isEmpty() ? "+" : "(" + page.get(page.size() - 1).getID();
        } while (page.size() == PAGE);
        return entries;
    }

    /** Forgets what has been taken out of the chains of a shard. */
    void forgetPast(String namespace, int shard, List<StreamEntryID> entries) {
        for (int from = 0; from < entries.size(); from += PAGE) {
            List<StreamEntryID> some = entries.subList(from, Math.min(entries.size(), from + PAGE));
            redis.xdel(RedisKeys.shard(namespace, shard, HISTORY), some.toArray(StreamEntryID[]::new));
        }
    }

    /** The revision of the version of each subscription that came into force last on a shard. */
    Map<String, Long> inForce(String namespace, int shard) {
        Map<String, Long> inForce = new HashMap<>();
        chains(namespace, shard)
                .forEach((subscription, chain) ->
                        chain.latest().ifPresent(revision -> inForce.put(subscription, revision)));
        return inForce;
    }

    private Map<String, VersionChain> chains(String namespace, int shard) {
        Map<String, VersionChain> chains = new HashMap<>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<Map.Entry<String, String>> page =
                    redis.hscan(RedisKeys.shard(namespace, shard, ACTIVE), cursor, new ScanParams().count(PAGE));
            page.getResult().forEach(chain -> chains.put(chain.getKey(), VersionChain.parse(chain.getValue())));
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return chains;
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

    /** Takes what came before a version out of the chains of shards that have passed its activation; whether all have. */
    boolean prune(String namespace, InterestRef version) {
        return shards.all()
                        .mapToObj(shard -> functions.call(
                                RedisFunction.PRUNE_VERSIONS,
                                List.of(
                                        RedisKeys.shard(namespace, shard, ACTIVE),
                                        RedisKeys.shard(namespace, shard, DISPATCH),
                                        RedisKeys.shard(namespace, shard, HISTORY)),
                                List.of(version.subscription(), version.revision())))
                        .filter(Long.valueOf(1)::equals)
                        .count()
                == shards.count();
    }

    /** Takes a subscription out of force everywhere; what its versions decided stays known. */
    void end(String namespace, String subscription) {
        shards.all()
                .forEach(shard -> functions.call(
                        RedisFunction.END_VERSIONS,
                        List.of(
                                RedisKeys.shard(namespace, shard, ACTIVE),
                                RedisKeys.shard(namespace, shard, "facts"),
                                RedisKeys.shard(namespace, shard, "matches"),
                                RedisKeys.shard(namespace, shard, DISPATCH),
                                RedisKeys.shard(namespace, shard, HISTORY)),
                        List.of(subscription)));
    }
}
