package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** The positions at which facts were erased, and their erasure from the journal and from live memory. */
@Component
public final class RedisErased {
    private final RedisClient redis;
    private final RedisFunctions functions;
    private final RedisModels models;

    RedisErased(RedisClient redis, RedisFunctions functions, RedisModels models) {
        this.redis = redis;
        this.functions = functions;
        this.models = models;
    }

    /** Removes facts, if they are there; repeatable. */
    public void erase(String namespace, Collection<FactId> facts) {
        Map<Integer, List<FactId>> byShard = facts.stream().collect(Collectors.groupingBy(FactId::shard));
        byShard.forEach((shard, ids) -> {
            List<String> keys = new ArrayList<>(
                    List.of(RedisKeys.shard(namespace, shard, RedisJournal.FACTS), key(namespace, shard)));
            models.tags().forEach(tag -> keys.add(RedisJournal.memoryPrefix(namespace, shard, tag)));
            functions.call(
                    RedisFunction.ERASE_FACTS,
                    keys,
                    ids.stream().map(RedisJournal::position).toList());
        });
    }

    /** Those of some facts that were erased. */
    public List<FactId> among(String namespace, List<FactId> facts) {
        List<Response<Double>> found = new ArrayList<>(facts.size());
        try (Pipeline pipeline = redis.pipelined()) {
            facts.forEach(
                    fact -> found.add(pipeline.zscore(key(namespace, fact.shard()), RedisJournal.position(fact))));
        }
        return IntStream.range(0, facts.size())
                .filter(i -> found.get(i).get() != null)
                .mapToObj(facts::get)
                .toList();
    }

    /** How many facts of a shard were erased whose positions are of these milliseconds, both included. */
    public long count(String namespace, int shard, long from, long to) {
        return redis.zcount(key(namespace, shard), (double) from, (double) to);
    }

    /** The key of a shard's erased positions. */
    public static String key(String namespace, int shard) {
        return RedisKeys.shard(namespace, shard, "erased");
    }
}
