package io.thoughtbus.server.redis;

import com.redis.testcontainers.RedisContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.utility.DockerImageName;

/**
 * The Redis of all tests in this JVM that are not about Redis' own life: real, with the search module, keeping nothing.
 * With {@code -Dthoughtbus.test.redis=container} it is a Redis 8 in a container instead.
 */
public final class TestRedis {
    private static final RedisAddress ADDRESS = start();

    private TestRedis() {}

    /** Where it listens. */
    public static RedisAddress address() {
        return ADDRESS;
    }

    /** Its address for {@code thoughtbus.redis.uri}. */
    public static String uri() {
        return "redis://" + (ADDRESS.password() == null ? "" : ":" + ADDRESS.password() + "@") + ADDRESS.host() + ":"
                + ADDRESS.port();
    }

    private static RedisAddress start() {
        if ("container".equals(System.getProperty("thoughtbus.test.redis"))) {
            RedisContainer container = new RedisContainer(DockerImageName.parse("redis:8"));
            container.start();
            return new RedisAddress(container.getRedisHost(), container.getRedisPort(), null, null, 0, false);
        }
        try {
            Path directory = Files.createTempDirectory("thought-bus-test");
            EmbeddedRedis redis = EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.NONE);
            Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
            return redis.address();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
