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

    private static RedisFunctions loaded() {
        RedisFunctions functions = RedisFunctions.of(CLIENT);
        functions.load();
        return functions;
    }
}
