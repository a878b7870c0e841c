package io.thoughtbus.server.erasure;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ZRangeParams;
import tools.jackson.databind.json.JsonMapper;

/** The records of all erasures: what they are to do, how far they have come, and the ids of what they erased. */
@Component
final class RedisErasures {
    private static final String RUNNING = RedisKeys.registry("erasures");
    private static final int MOST = 10_000;

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final JsonMapper json;

    RedisErasures(RedisClient redis, RedisFunctions functions, JsonMapper json) {
        this.redis = redis;
        this.functions = functions;
        this.json = json;
    }

    /** Notes in one step that an erasure is to be carried out, whatever becomes of this server. */
    void intend(ErasureRef ref, StoredErasure.Plan plan) {
        redis.hset(RUNNING, ref.toString(), json.writeValueAsString(plan));
    }

    /** Makes the record of an erasure that is to be carried out; repeatable. */
    void open(ErasureRef ref) {
        String plan = redis.hget(RUNNING, ref.toString());
        if (plan == null) {
            return;
        }
        redis.hsetnx(key(ref), "plan", plan);
        StoredErasure.Plan read = json.readValue(plan, StoredErasure.Plan.class);
        redis.zadd(all(ref.namespace()), (double) read.at().toEpochMilli(), ref.id());
        if (read.subject() != null) {
            redis.sadd(ofSubject(ref.namespace(), read.subject()), ref.id());
        }
        if (redis.zcard(all(ref.namespace())) > MOST) {
            redis.zrange(all(ref.namespace()), 0, 0).forEach(id -> forget(new ErasureRef(ref.namespace(), id)));
        }
    }

    /** All erasures that are not done. */
    List<ErasureRef> running() {
        return redis.hkeys(RUNNING).stream().map(ErasureRef::parse).toList();
    }

    Optional<StoredErasure> find(ErasureRef ref) {
        Map<String, String> fields = new HashMap<>(redis.hgetAll(key(ref)));
        @Nullable String plan = fields.get("plan");
        return plan == null
                ? Optional.empty()
                : Optional.of(new StoredErasure(
                        ref,
                        json.readValue(plan, StoredErasure.Plan.class),
                        fields.getOrDefault("cursor", ""),
                        facts(fields.getOrDefault("pending", "")),
                        time(fields.get("ended"))));
    }

    /**
     * Moves an erasure on, unless another server has since.
     *
     * @param pending what must be erased before it goes further
     */
    boolean advance(StoredErasure before, String cursor, List<FactId> pending) {
        return Long.valueOf(1)
                .equals(functions.call(
                        RedisFunction.ADVANCE_ERASURE,
                        List.of(key(before.ref())),
                        List.of(before.cursor(), cursor, pending.isEmpty() ? "" : json.writeValueAsString(pending))));
    }

    /** Notes the ids of facts as those of erased ones; repeatable. */
    void note(ErasureRef ref, List<FactId> facts) {
        Map<String, Double> scored = new HashMap<>();
        facts.forEach(fact -> scored.put(fact.toString(), (double) fact.milliseconds()));
        redis.zadd(erased(ref), scored);
    }

    /** Notes that an erasure is done; repeatable. */
    void end(ErasureRef ref, Instant now) {
        redis.hsetnx(key(ref), "ended", Long.toString(now.toEpochMilli()));
        redis.hdel(RUNNING, ref.toString());
    }

    /** The ids of some facts that were erased, in the order of their milliseconds. */
    List<FactId> erased(ErasureRef ref, long skip, long most) {
        return redis.zrange(erased(ref), skip, skip + most - 1).stream()
                .map(FactId::parse)
                .toList();
    }

    long count(ErasureRef ref) {
        return redis.zcard(erased(ref));
    }

    /** Those of some facts that an erasure has erased. */
    List<FactId> among(ErasureRef ref, List<FactId> facts) {
        List<@Nullable Double> scores =
                redis.zmscore(erased(ref), facts.stream().map(FactId::toString).toArray(String[]::new));
        return IntStream.range(0, facts.size())
                .filter(i -> scores.get(i) != null)
                .mapToObj(facts::get)
                .toList();
    }

    /** Some erasures of a namespace, the newest first. */
    List<ErasureRef> newest(String namespace, int skip, int most) {
        return redis
                .zrange(
                        all(namespace),
                        ZRangeParams.zrangeParams(skip, skip + most - 1).rev())
                .stream()
                .map(id -> new ErasureRef(namespace, id))
                .toList();
    }

    /** How many facts of a subject that were accepted until then have been erased with it. */
    long countOf(String namespace, String subject, Instant until) {
        List<String> ids = new ArrayList<>(redis.smembers(ofSubject(namespace, subject)));
        return ids.stream()
                .mapToLong(id -> redis.zcount(erased(new ErasureRef(namespace, id)), 0, (double) until.toEpochMilli()))
                .sum();
    }

    private void forget(ErasureRef ref) {
        find(ref).filter(erasure -> erasure.endedAt() != null).ifPresent(erasure -> {
            if (erasure.plan().subject() != null) {
                redis.srem(ofSubject(ref.namespace(), erasure.plan().subject()), ref.id());
            }
            redis.del(key(ref), erased(ref));
            redis.zrem(all(ref.namespace()), ref.id());
        });
    }

    private List<FactId> facts(String stored) {
        return stored.isEmpty() ? List.of() : List.of(json.readValue(stored, FactId[].class));
    }

    private static @Nullable Instant time(@Nullable String milliseconds) {
        return milliseconds == null ? null : Instant.ofEpochMilli(Long.parseLong(milliseconds));
    }

    private static String all(String namespace) {
        return RedisKeys.namespace(namespace, "erasures");
    }

    private static String ofSubject(String namespace, String subject) {
        return RedisKeys.namespace(namespace, "erased:" + subject);
    }

    private static String key(ErasureRef ref) {
        return RedisKeys.namespace(ref.namespace(), "erasure:" + ref.id());
    }

    private static String erased(ErasureRef ref) {
        return key(ref) + ":facts";
    }
}
