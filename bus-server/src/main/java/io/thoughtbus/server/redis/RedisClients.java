package io.thoughtbus.server.redis;

import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;

/** Makes connections to the bus' Redis: a pool that requests share, and single ones for loops that block. */
public final class RedisClients {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);

    private final RedisAddress address;

    /** Clients of the Redis at this address. */
    public RedisClients(RedisAddress address) {
        this.address = address;
    }

    /** A client whose connections many threads share; broken ones are found and replaced within seconds. */
    public RedisClient shared(int connections) {
        ConnectionPoolConfig pool = poolOf(connections);
        pool.setTestWhileIdle(true);
        pool.setTimeBetweenEvictionRuns(CHECK_EVERY);
        pool.setNumTestsPerEvictionRun(-1);
        return client(pool);
    }

    /** A client for few threads that wait long for each answer; every connection is tested before it is used. */
    RedisClient tested(int connections) {
        ConnectionPoolConfig pool = poolOf(connections);
        pool.setTestOnBorrow(true);
        return client(pool);
    }

    /**
     * A client of one connection for one thread. It is not tested before use, so that a restart of Redis always shows
     * as an exception and is never slept through.
     */
    public RedisClient dedicated() {
        ConnectionPoolConfig pool = poolOf(1);
        pool.setTestWhileIdle(false);
        pool.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
        return client(pool);
    }

    /** A client of one connection that listens to a channel and may hear nothing for long. */
    public RedisClient listening() {
        return client(
                poolOf(1),
                DefaultJedisClientConfig.builder()
                        .from(address.clientConfig())
                        .blockingSocketTimeoutMillis(0)
                        .build());
    }

    private RedisClient client(ConnectionPoolConfig pool) {
        return client(pool, address.clientConfig());
    }

    private RedisClient client(ConnectionPoolConfig pool, JedisClientConfig config) {
        return RedisClient.builder()
                .hostAndPort(address.hostAndPort())
                .clientConfig(config)
                .poolConfig(pool)
                .build();
    }

    private static ConnectionPoolConfig poolOf(int connections) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMaxWait(LONGEST_WAIT);
        pool.setFairness(true);
        pool.setJmxEnabled(false);
        return pool;
    }
}
