package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.Difference;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.replay.StoredComparison.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.json.JsonMapper;

/** The replays of all namespaces: what they are to do, how far they have come and what they found. */
@Component
final class RedisComparisons {
    /** Lines of a result after which no further step's are kept. */
    static final int MOST_LINES = 1_000_000;

    /** Findings of each kind that are told. */
    static final int MOST_TOLD = 1_000;

    private static final String RUNNING = RedisKeys.registry("comparisons");
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Kind[] KINDS = Kind.values();

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final JsonMapper json;

    RedisComparisons(RedisClient redis, RedisFunctions functions, JsonMapper json) {
        this.redis = redis;
        this.functions = functions;
        this.json = json;
    }

    /** Stores a replay that is to run. It is listed last, so that what is listed is whole. */
    void add(ComparisonRef ref, StoredComparison.Plan plan) {
        redis.hset(
                key(ref),
                Map.of(
                        "plan", json.writeValueAsString(plan),
                        "progress", json.writeValueAsString(StoredComparison.Progress.NONE),
                        "state", "running"));
        redis.sadd(idsKey(ref.namespace()), ref.id());
        redis.hset(RUNNING, ref.toString(), "");
    }

    Optional<StoredComparison> find(ComparisonRef ref) {
        Map<String, String> fields = redis.hgetAll(key(ref));
        if (!fields.containsKey("state")) {
            return Optional.empty();
        }
        return Optional.of(new StoredComparison(
                ref,
                json.readValue(fields.get("plan"), StoredComparison.Plan.class),
                Replay.State.valueOf(fields.getOrDefault("state", "").toUpperCase(Locale.ROOT)),
                json.readValue(fields.get("progress"), StoredComparison.Progress.class),
                Long.parseLong(fields.getOrDefault("serial", "0")),
                RedisReplays.time(fields.get("paused")),
                RedisReplays.time(fields.get("ended")),
                fields.get("failure")));
    }

    /** The first findings of each kind. */
    Map<Kind, List<Difference>> told(ComparisonRef ref) {
        Map<Kind, List<Difference>> told = new EnumMap<>(Kind.class);
        for (Kind kind : KINDS) {
            told.put(
                    kind,
                    redis.lrange(toldKey(ref, kind), 0, MOST_TOLD - 1).stream()
                            .map(stored -> json.readValue(stored, Difference.class))
                            .toList());
        }
        return told;
    }

    /** Pieces of the result, from one on, each some whole lines as {@link Compressed} has packed them. */
    List<byte[]> pieces(ComparisonRef ref, int from, int most) {
        return redis.lrange(RedisKeys.bytes(linesKey(ref)), from, from + most - 1L);
    }

    /**
     * Moves a replay on by one step, all or nothing.
     *
     * @param serial of the step before
     * @param ended when it ended by this step; absent if there may be more to do
     * @return whether it did: not if it does not run any more, or somebody else has taken the step
     */
    boolean advance(
            ComparisonRef ref,
            long serial,
            StoredComparison.Progress progress,
            Findings findings,
            @Nullable Instant ended) {
        boolean isKept = findings.count() > 0 && progress.kept() == progress.lines();
        List<Object> arguments = new ArrayList<>(List.of(
                serial,
                json.writeValueAsString(progress),
                isKept ? Compressed.of(findings.lines()) : new byte[0],
                MOST_TOLD,
                ended == null ? "" : ended.toEpochMilli(),
                KEPT.toMillis()));
        for (Kind kind : KINDS) {
            arguments.add(findings.told(kind).size());
            arguments.addAll(findings.told(kind));
        }
        boolean moved = Long.valueOf(1).equals(functions.call(RedisFunction.ADVANCE_COMPARISON, keys(ref), arguments));
        if (moved && ended != null) {
            redis.hdel(RUNNING, ref.toString());
        }
        return moved;
    }

    /** Ends a replay that has not ended. */
    void end(ComparisonRef ref, Replay.State state, Instant now, @Nullable String failure) {
        functions.call(
                RedisFunction.END_REPLAY,
                keys(ref),
                List.of(
                        state.name().toLowerCase(Locale.ROOT),
                        now.toEpochMilli(),
                        failure == null ? "" : failure,
                        KEPT.toMillis()));
        redis.hdel(RUNNING, ref.toString());
    }

    /** Pauses a replay that runs, or resumes one that is paused. */
    void hold(ComparisonRef ref, boolean pause, Instant now) {
        functions.call(RedisFunction.PAUSE_REPLAY, List.of(key(ref)), List.of(pause ? 1 : 0, now.toEpochMilli()));
    }

    /** All replays that have not ended. */
    List<ComparisonRef> running() {
        return redis.hkeys(RUNNING).stream().sorted().map(ComparisonRef::parse).toList();
    }

    /** The ids of a namespace's replays that are remembered. */
    List<String> ids(String namespace) {
        return redis.smembers(idsKey(namespace)).stream().sorted().toList();
    }

    /** Removes all that is remembered of a replay. */
    void forget(ComparisonRef ref) {
        redis.del(keys(ref).toArray(String[]::new));
        redis.hdel(RUNNING, ref.toString());
        redis.srem(idsKey(ref.namespace()), ref.id());
    }

    /** Whether a replay is this runner's for the lease; renewed by asking again. */
    boolean lease(ComparisonRef ref, String token, Duration lease) {
        return Long.valueOf(1)
                .equals(functions.call(
                        RedisFunction.LEASE_LANE, List.of(leaseKey(ref)), List.of(token, lease.toMillis())));
    }

    void release(ComparisonRef ref, String token) {
        functions.call(RedisFunction.RELEASE_LOCK, List.of(leaseKey(ref)), List.of(token));
    }

    private static List<String> keys(ComparisonRef ref) {
        List<String> keys = new ArrayList<>(List.of(key(ref), linesKey(ref)));
        for (Kind kind : KINDS) {
            keys.add(toldKey(ref, kind));
        }
        return keys;
    }

    private static String leaseKey(ComparisonRef ref) {
        return RedisKeys.registry("lock:comparison/" + ref);
    }

    private static String key(ComparisonRef ref) {
        return RedisKeys.namespace(ref.namespace(), "replay:" + ref.id());
    }

    private static String linesKey(ComparisonRef ref) {
        return key(ref) + ":lines";
    }

    private static String toldKey(ComparisonRef ref, Kind kind) {
        return key(ref) + ":" + kind.name().toLowerCase(Locale.ROOT);
    }

    private static String idsKey(String namespace) {
        return RedisKeys.namespace(namespace, "replays");
    }
}
