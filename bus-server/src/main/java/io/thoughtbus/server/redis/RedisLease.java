package io.thoughtbus.server.redis;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The right to do something that one server does at a time, kept by asking for it again before it ends. */
public final class RedisLease {
    private final RedisFunctions functions;
    private final String key;
    private final Duration length;
    private final String token = UUID.randomUUID().toString();

    /** A lease that is not held yet. */
    public RedisLease(RedisFunctions functions, String key, Duration length) {
        this.functions = functions;
        this.key = key;
        this.length = length;
    }

    /** Tells this holder from all others. */
    public String token() {
        return token;
    }

    /** Whether the right is this holder's from now on for the length of the lease. */
    public boolean hold() {
        return Long.valueOf(1)
                .equals(functions.call(RedisFunction.LEASE_LANE, List.of(key), List.of(token, length.toMillis())));
    }

    /** Leaves the right to others at once. */
    public void giveUp() {
        functions.call(RedisFunction.RELEASE_LOCK, List.of(key), List.of(token));
    }
}
