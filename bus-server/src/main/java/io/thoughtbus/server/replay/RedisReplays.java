package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayedMatch;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.json.JsonMapper;

/** The replays of all subscriptions: what they are to do, how far they have come and what they found. */
@Component
final class RedisReplays {
    private static final String RUNNING = RedisKeys.registry("replays");
    private static final int MOST_MATCHES = 100_000;
    private static final Duration KEPT = Duration.ofDays(7);

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final JsonMapper json;

    RedisReplays(RedisClient redis, RedisFunctions functions, JsonMapper json) {
        this.redis = redis;
        this.functions = functions;
        this.json = json;
    }

    /** Stores a replay that is to run; repeatable, and nothing changes if it is there already. */
    void add(ReplayRef ref, StoredReplay.Plan plan) {
        redis.hsetnx(key(ref), "plan", json.writeValueAsString(plan));
        redis.hsetnx(key(ref), "progress", json.writeValueAsString(StoredReplay.Progress.NONE));
        redis.hsetnx(key(ref), "state", "running");
        redis.sadd(replaysKey(ref.subscription()), ref.id());
        if ("running".equals(redis.hget(key(ref), "state"))) {
            redis.hset(RUNNING, ref.toString(), "");
        }
    }

    Optional<StoredReplay> find(ReplayRef ref) {
        Map<String, String> fields = redis.hgetAll(key(ref));
        if (!fields.containsKey("state")) {
            return Optional.empty();
        }
        return Optional.of(new StoredReplay(
                ref,
                json.readValue(fields.get("plan"), StoredReplay.Plan.class),
                Replay.State.valueOf(fields.getOrDefault("state", "").toUpperCase(Locale.ROOT)),
                json.readValue(fields.get("progress"), StoredReplay.Progress.class),
                Long.parseLong(fields.getOrDefault("serial", "0")),
                time(fields.get("paused")),
                time(fields.get("ended")),
                fields.get("failure")));
    }

    /** The matches found so far, from one on. */
    List<ReplayedMatch> matches(ReplayRef ref, long skip, int most) {
        return redis.lrange(matchesKey(ref), skip, skip + most - 1).stream()
                .map(RedisReplays::match)
                .toList();
    }

    /**
     * Moves a replay on by one step, all or nothing.
     *
     * @param serial of the step before
     * @return whether it did: not if it does not run any more, or somebody else has taken the step
     */
    boolean advance(ReplayRef ref, long serial, StoredReplay.Progress progress, List<Found> found) {
        List<Object> arguments = new ArrayList<>(List.of(MOST_MATCHES, serial, json.writeValueAsString(progress)));
        for (Found match : found) {
            arguments.add(match.entry());
            arguments.add(match.wake());
        }
        SubscriptionRef owner = ref.subscription();
        return !Long.valueOf(-1)
                .equals(functions.call(
                        RedisFunction.ADVANCE_REPLAY,
                        List.of(
                                RedisKeys.subscription(owner.namespace(), owner.id(), "inbox"),
                                RedisKeys.subscription(owner.namespace(), owner.id(), "meta"),
                                key(ref),
                                matchesKey(ref)),
                        arguments));
    }

    /** Pauses a replay that runs, or resumes one that is paused. */
    void hold(ReplayRef ref, boolean pause, Instant now) {
        functions.call(RedisFunction.PAUSE_REPLAY, List.of(key(ref)), List.of(pause ? 1 : 0, now.toEpochMilli()));
    }

    /** Ends a replay that has not ended. */
    void end(ReplayRef ref, Replay.State state, Instant now, @Nullable String failure) {
        functions.call(
                RedisFunction.END_REPLAY,
                List.of(key(ref), matchesKey(ref)),
                List.of(
                        state.name().toLowerCase(Locale.ROOT),
                        now.toEpochMilli(),
                        failure == null ? "" : failure,
                        KEPT.toMillis()));
        redis.hdel(RUNNING, ref.toString());
    }

    /** All replays that have not ended. */
    List<ReplayRef> running() {
        return redis.hkeys(RUNNING).stream().map(ReplayRef::parse).toList();
    }

    /** The ids of a subscription's replays that are remembered. */
    List<String> ids(SubscriptionRef subscription) {
        return redis.smembers(replaysKey(subscription)).stream().sorted().toList();
    }

    /** Removes all replays of a subscription. */
    void removeAll(SubscriptionRef subscription) {
        for (String id : ids(subscription)) {
            forget(new ReplayRef(subscription, id));
        }
        redis.del(replaysKey(subscription));
    }

    /** Removes a replay whose record has ended. */
    void forget(ReplayRef ref) {
        redis.del(key(ref), matchesKey(ref));
        redis.hdel(RUNNING, ref.toString());
        redis.srem(replaysKey(ref.subscription()), ref.id());
    }

    /** Whether a replay is this runner's for the lease; renewed by asking again. */
    boolean lease(ReplayRef ref, String token, Duration lease) {
        return Long.valueOf(1)
                .equals(functions.call(
                        RedisFunction.LEASE_LANE, List.of(leaseKey(ref)), List.of(token, lease.toMillis())));
    }

    void release(ReplayRef ref, String token) {
        functions.call(RedisFunction.RELEASE_LOCK, List.of(leaseKey(ref)), List.of(token));
    }

    private static String leaseKey(ReplayRef ref) {
        return RedisKeys.registry("lock:replay/" + ref);
    }

    private static String key(ReplayRef ref) {
        return RedisKeys.subscription(
                ref.subscription().namespace(), ref.subscription().id(), "replay:" + ref.id());
    }

    private static String matchesKey(ReplayRef ref) {
        return key(ref) + ":matches";
    }

    private static String replaysKey(SubscriptionRef subscription) {
        return RedisKeys.subscription(subscription.namespace(), subscription.id(), "replays");
    }

    private static ReplayedMatch match(String entry) {
        int space = entry.indexOf(' ');
        return new ReplayedMatch(
                FactId.parse(entry.substring(0, space)), Double.parseDouble(entry.substring(space + 1)));
    }

    static @Nullable Instant time(@Nullable String milliseconds) {
        return milliseconds == null ? null : Instant.ofEpochMilli(Long.parseLong(milliseconds));
    }

    /**
     * A match that a replay found.
     *
     * @param wake the wake's id; empty in a dry run
     */
    record Found(FactId fact, double score, String wake) {
        /** The match as it is kept and as it enters the digest. */
        String entry() {
            return fact + " " + score;
        }
    }
}
