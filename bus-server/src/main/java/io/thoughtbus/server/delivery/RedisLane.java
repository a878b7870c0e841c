package io.thoughtbus.server.delivery;

import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.redis.RedisLease;
import io.thoughtbus.server.subscription.Decider;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.SafeEncoder;

/**
 * The right to dispatch one shard of every namespace. A server leases it, and claims each shard before its first
 * fact; from then on the records and the cursor of a server that had it before are refused.
 */
final class RedisLane {
    private static final String DISPATCH = "dispatch";

    private final RedisFunctions functions;
    private final int shard;
    private final RedisLease lease;
    private final String decider;

    /**
     * A lane that is not held yet.
     *
     * @param decider names what decides, as {@link Decider} does
     */
    RedisLane(RedisFunctions functions, int shard, Duration lease, String decider) {
        this.functions = functions;
        this.shard = shard;
        this.decider = decider;
        this.lease = new RedisLease(functions, RedisKeys.registry("lane:" + shard), lease);
    }

    String token() {
        return lease.token();
    }

    int shard() {
        return shard;
    }

    /** Whether the lane is this server's for another lease. */
    boolean hold() {
        return lease.hold();
    }

    /** Leaves the lane to others at once. */
    void giveUp() {
        lease.giveUp();
    }

    /** Makes this server the only one whose records and cursor count for a namespace, and tells how far it has come. */
    ShardState claim(String namespace) {
        List<?> state = (List<?>) functions.call(
                RedisFunction.CLAIM_SHARD,
                List.of(
                        RedisKeys.shard(namespace, shard, DISPATCH),
                        RedisKeys.shard(namespace, shard, "matches"),
                        RedisKeys.shard(namespace, shard, "history")),
                List.of(token(), decider));
        return new ShardState(position(state.get(0)), position(state.get(1)));
    }

    /** Notes that every fact of a namespace up to a position has been dispatched. */
    void advance(String namespace, StreamEntryID position) {
        functions.call(
                RedisFunction.ADVANCE_CURSOR,
                List.of(RedisKeys.shard(namespace, shard, DISPATCH)),
                List.of(token(), position));
    }

    /** Whether a command was refused because another server has claimed the shard. */
    static boolean isFenced(RuntimeException e) {
        return e instanceof JedisDataException && String.valueOf(e.getMessage()).startsWith("FENCED");
    }

    private static StreamEntryID position(Object bytes) {
        return new StreamEntryID(SafeEncoder.encode((byte[]) bytes));
    }
}
