package io.thoughtbus.server.redis;

/** What every query to RediSearch has in common. */
public final class RedisSearch {
    /** How long one query may run, in milliseconds; then it is an error and never a shorter answer. */
    public static final int TIMEOUT_MILLIS = 5_000;

    private RedisSearch() {}
}
