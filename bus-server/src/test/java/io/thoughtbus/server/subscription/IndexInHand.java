package io.thoughtbus.server.subscription;

import static java.util.stream.Collectors.toMap;

import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.server.Stored;
import io.thoughtbus.server.journal.Shards;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import redis.clients.jedis.RedisClient;

/** What Redis holds of a namespace's interests and of what is in force, to be looked at and damaged. */
final class IndexInHand {
    private static final String MODEL = new HashingEmbedder().modelId().tag();

    private final RedisClient redis = Stored.redis();
    private final String namespace;
    private final Shards shards;

    IndexInHand(String namespace, Shards shards) {
        this.namespace = namespace;
        this.shards = shards;
    }

    RedisClient redis() {
        return redis;
    }

    /** The interests to the byte, which of them are searchable, and what is in force. */
    Map<String, String> stored() {
        Map<String, String> stored = new TreeMap<>();
        interests().forEach(key -> stored.put(key, hex(key)));
        stored.put("searchable", new TreeSet<>(redis.smembers(searchable())).toString());
        shards.all()
                .forEach(shard -> stored.put(active(shard), new TreeMap<>(redis.hgetAll(active(shard))).toString()));
        return stored;
    }

    /** The fields of a hash to the byte. */
    String hex(String key) {
        return redis.hgetAll(key.getBytes(StandardCharsets.UTF_8)).entrySet().stream()
                .collect(toMap(
                        field -> new String(field.getKey(), StandardCharsets.UTF_8),
                        field -> HexFormat.of().formatHex(field.getValue()),
                        (a, b) -> a,
                        TreeMap::new))
                .toString();
    }

    /** Puts an interest into the index that no subscription names. */
    void addUnknown() {
        redis.copy(interest("rain"), interestKey("ghost:99"), true);
    }

    /** Puts something into the index that is no interest. */
    void addForeign() {
        redis.copy(interest("rain"), interestKey("ghost"), true);
    }

    /** Deletes an interest and its name. */
    void forgetInterest() {
        redis.del(interest("late"));
        redis.srem(searchable(), ref("late"));
    }

    /** Takes a subscription out of force. */
    void forgetActivation() {
        shards.all().forEach(shard -> redis.hdel(active(shard), "late"));
    }

    /** The name of a subscription's searchable interest. */
    String ref(String subscription) {
        return redis.smembers(searchable()).stream()
                .filter(ref -> ref.startsWith(subscription + ":"))
                .findFirst()
                .orElseThrow();
    }

    List<String> interests() {
        return List.copyOf(Stored.keys(interestKey("*")));
    }

    String interest(String subscription) {
        return interestKey(ref(subscription));
    }

    String interestKey(String ref) {
        return "tb:{" + namespace + "}:interest:" + MODEL + ":" + ref;
    }

    String retiredKey(String ref) {
        return "tb:{" + namespace + "}:retired:" + MODEL + ":" + ref;
    }

    String searchable() {
        return "tb:{" + namespace + "}:searchable:" + MODEL;
    }

    String indexName() {
        return "tb:{" + namespace + "}:interests:" + MODEL;
    }

    String active(int shard) {
        return "tb:{" + namespace + "/" + shard + "}:active";
    }
}
