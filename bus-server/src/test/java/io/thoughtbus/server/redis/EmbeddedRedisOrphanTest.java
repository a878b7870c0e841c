package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** What becomes of a Redis whose bus, or whose keeper, was killed. */
class EmbeddedRedisOrphanTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void aRedisLeftBehindIsEndedAtTheNextStartAndItsDataAreKept() {
        RedisProcess orphan = RedisProcess.start(
                installation(),
                new RedisDirectory(directory),
                EmbeddedRedis.Persistence.ALWAYS,
                RedisDirectory.freePort());
        try (RedisClient redis = client(orphan.address())) {
            redis.set("fact", "kept");
        }

        try (EmbeddedRedis next = start();
                RedisClient redis = client(next.address())) {
            assertThat(orphan.redis().isAlive()).isFalse();
            assertThat(next.processHandle()).isNotEqualTo(orphan.redis());
            assertThat(redis.get("fact")).isEqualTo("kept");
        }
    }

    @Test
    void aForeignProcessWhoseIdStandsInThePidFileIsLeftAlone() throws IOException {
        Process foreign = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(directory.resolve("redis.pid"), foreign.pid() + "\n");

            try (EmbeddedRedis redis = start()) {
                assertThat(redis.processHandle().pid()).isNotEqualTo(foreign.pid());
                assertThat(foreign.isAlive()).isTrue();
            }

            assertThat(foreign.isAlive()).isTrue();
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    void theRedisOfAnotherDirectoryWhoseIdStandsInThePidFileIsLeftAlone(@TempDir Path elsewhere) throws IOException {
        try (EmbeddedRedis other = EmbeddedRedis.start(elsewhere, null, EmbeddedRedis.Persistence.NONE)) {
            Files.writeString(
                    directory.resolve("redis.pid"), other.processHandle().pid() + "\n");

            start().close();

            assertThat(other.processHandle().isAlive()).isTrue();
        }
    }

    @Test
    void aPidFileThatHoldsNoNumberIsNoOrphan() throws IOException {
        Files.writeString(directory.resolve("redis.pid"), "none");

        assertThat(new RedisDirectory(directory).running()).isEmpty();
    }

    @Test
    void aRedisEndsWhenItsBusIsKilled() throws IOException {
        Process bus = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        directory.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        RedisDirectory started = new RedisDirectory(directory);
        await().atMost(SOON).until(() -> Files.exists(directory.resolve("started")));
        ProcessHandle redis = started.running().orElseThrow();

        bus.destroyForcibly();

        await().atMost(SOON).until(() -> !redis.isAlive());
    }

    @Test
    void aRedisWhoseKeeperIsKilledIsStartedAgainWithItsData() {
        try (EmbeddedRedis embedded = start();
                RedisClient redis = client(embedded.address())) {
            redis.set("fact", "kept");
            ProcessHandle first = embedded.processHandle();

            first.parent().orElseThrow().destroyForcibly();

            await().atMost(SOON)
                    .ignoreExceptionsInstanceOf(JedisException.class)
                    .untilAsserted(() -> {
                        assertThat(embedded.processHandle()).isNotEqualTo(first);
                        assertThat(redis.get("fact")).isEqualTo("kept");
                    });
            assertThat(first.isAlive()).isFalse();
        }
    }

    private EmbeddedRedis start() {
        return EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.ALWAYS);
    }

    private static RedisClient client(RedisAddress address) {
        return new RedisClients(address).shared(2);
    }

    private static RedisInstallation installation() {
        return RedisFinder.forThisMachine(null).find();
    }

    /** A program that has an embedded Redis until it is killed. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path directory = Path.of(arguments[0]);
            EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.ALWAYS);
            Files.writeString(directory.resolve("started"), "");
            Thread.currentThread().join();
        }
    }
}
