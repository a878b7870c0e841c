package io.thoughtbus.server.redis;

import redis.clients.jedis.RedisClient;

/** What small classes need to be put together by hand on {@link TestRedis}: a client, and the bus' functions loaded. */
public final class RedisInHand {
    private static final RedisClient CLIENT = new RedisClients(TestRedis.address()).shared(16);
    private static final RedisFunctions FUNCTIONS = loaded();

    private RedisInHand() {}

    /** A client that all tests of the JVM share. */
    public static RedisClient client() {
        return CLIENT;
    }

    /** The functions, called through that client. */
    public static RedisFunctions functions() {
        return FUNCTIONS;
    }

    /** What tells of the durability behind a client. */
    public static DurabilityGauge gauge(RedisClient client) {
        return new DurabilityGauge(client);
    }

    /** Group commits on the Redis at an address; to be closed by who asks. */
    public static GroupCommit commits(RedisAddress address) {
        return new GroupCommit(new RedisClients(address));
    }

    private static RedisFunctions loaded() {
        RedisFunctions functions = RedisFunctions.of(CLIENT);
        functions.load();
        return functions;
    }
}
