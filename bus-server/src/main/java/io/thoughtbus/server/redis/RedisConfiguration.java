package io.thoughtbus.server.redis;

import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import redis.clients.jedis.RedisClient;

/** Connects the bus to its Redis, starting one if none is named. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RedisProperties.class, StorageProperties.class, LedgerSwitchProperties.class})
class RedisConfiguration {
    private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(10);

    @Bean
    RedisSource redisSource(RedisProperties properties, StorageProperties storage) {
        return properties.uri() != null
                ? RedisSource.external(RedisAddress.of(properties.uri()))
                : RedisSource.embedded(EmbeddedRedis.start(
                        storage.directory(), properties.executable(), persistence(properties.appendfsync())));
    }

    @Bean
    RedisClients redisClients(RedisSource source) {
        return new RedisClients(source.address());
    }

    @Bean
    RedisClient redisClient(RedisClients clients, RedisSource source, RedisProperties properties, Clock clock) {
        RedisClient redis = clients.shared(properties.connections());
        try {
            new RedisCheck(redis, source.address(), clock).run();
            return redis;
        } catch (RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    @Bean
    RedisFunctions redisFunctions(RedisClient redis, LedgerSwitchProperties ledger) {
        RedisFunctions functions = RedisFunctions.of(redis, ledger.enabled());
        functions.load();
        return functions;
    }

    @Bean
    DurabilityGauge durabilityGauge(RedisClient redis) {
        return new DurabilityGauge(redis);
    }

    @Bean
    RedisWatch redisWatch(RedisClient redis, RedisSource source) {
        return new RedisWatch(redis, source.address());
    }

    @Bean
    GroupCommit groupCommit(RedisClients clients) {
        return new GroupCommit(clients);
    }

    /** The connections of Redis OM; named as Redis OM names its own, which this one replaces. */
    @Bean
    JedisConnectionFactory jedisConnectionFactory(RedisSource source) {
        RedisAddress address = source.address();
        RedisStandaloneConfiguration server = new RedisStandaloneConfiguration(address.host(), address.port());
        server.setDatabase(address.database());
        server.setUsername(address.user());
        server.setPassword(address.password());
        JedisClientConfiguration.JedisClientConfigurationBuilder client =
                JedisClientConfiguration.builder().readTimeout(REGISTRY_TIMEOUT);
        if (address.tls()) {
            client.useSsl().sslParameters(RedisAddress.sslParameters());
        }
        return new JedisConnectionFactory(server, client.usePooling().build());
    }

    private static EmbeddedRedis.Persistence persistence(RedisProperties.Fsync appendfsync) {
        return appendfsync == RedisProperties.Fsync.ALWAYS
                ? EmbeddedRedis.Persistence.ALWAYS
                : EmbeddedRedis.Persistence.EVERYSEC;
    }
}
