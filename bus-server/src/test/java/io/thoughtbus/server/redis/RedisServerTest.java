package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisServerTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Fsync.class)
    void isAsItIsToldToBeAndCanSearchAndKeepJson(Fsync fsync) {
        RedisSettings settings = RedisSettings.of(fsync)
                .withMaxMemory(64_000_000)
                .withPolicy("allkeys-lru")
                .with("hz", "50");

        try (RedisServer server = RedisServer.start(directory, settings);
                RedisClient redis = server.client()) {
            assertThat(settings(redis))
                    .containsEntry("appendonly", "yes")
                    .containsEntry("appendfsync", fsync.name().toLowerCase(Locale.ROOT))
                    .containsEntry("maxmemory", "64000000")
                    .containsEntry("maxmemory-policy", "allkeys-lru")
                    .containsEntry("hz", "50")
                    .containsEntry("save", "");
            assertThat(redis.ftList()).isEmpty();
            assertThat(redis.jsonSet("fact", "{}")).isEqualTo("OK");
        }
    }

    @Test
    void listensAtThePortAndWithThePasswordThatItIsTold() {
        int port = RedisServer.freePort();
        RedisSettings settings = RedisSettings.of(Fsync.EVERYSEC).onPort(port).withPassword("open-sesame");

        try (RedisServer server = RedisServer.start(directory, settings)) {
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.uri()).isEqualTo("redis://:open-sesame@127.0.0.1:" + port);
            assertThat(RedisAddress.of(URI.create(server.uri()))).isEqualTo(server.address());
        }
    }

    @Test
    void staysAwayWhenKilledAndHasItsDataWhenStartedAgainAtTheSamePort() {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.EVERYSEC));
                RedisClient redis = server.client()) {
            redis.set("fact", "kept");
            ProcessHandle first = server.processHandle();

            server.kill();

            assertThat(first.isAlive()).isFalse();
            assertThatThrownBy(() -> redis.get("fact")).isInstanceOf(JedisConnectionException.class);
            assertThat(server.restart()).isBetween(Duration.ofMillis(1), SOON);
            assertThat(server.processHandle()).isNotEqualTo(first).matches(ProcessHandle::isAlive);
            try (RedisClient again = server.client()) {
                assertThat(again.get("fact")).isEqualTo("kept");
            }
        }
    }

    @Test
    void hasForgottenEverythingAfterAKillWithoutAnAppendOnlyFile() {
        RedisSettings settings = RedisSettings.of(Fsync.NO).withoutAppendOnlyFile();
        try (RedisServer server = RedisServer.start(directory, settings);
                RedisClient redis = server.client()) {
            redis.set("fact", "kept");

            server.kill();
            server.restart();

            try (RedisClient again = server.client()) {
                assertThat(again.get("fact")).isNull();
            }
        }
    }

    @Test
    void answersNothingWhilePausedAndGoesOnWhereItWas() {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.ALWAYS));
                RedisClient redis = server.client();
                Connection connection = impatient(server.address())) {
            connection.sendCommand(Command.PING);
            assertThat(connection.getStatusCodeReply()).isEqualTo("PONG");

            server.pause();

            connection.sendCommand(Command.SET, "fact", "late");
            assertThatThrownBy(connection::getStatusCodeReply)
                    .isInstanceOf(JedisConnectionException.class)
                    .hasRootCauseInstanceOf(SocketTimeoutException.class);
            server.resume();
            await().atMost(SOON).until(() -> "late".equals(redis.get("fact")));
        }
    }

    @Test
    void canBeKilledWhilePaused() {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.ALWAYS))) {
            server.pause();

            server.kill();

            assertThat(server.processHandle().isAlive()).isFalse();
            assertThatThrownBy(server::resume).hasMessageContaining("it has ended");
        }
    }

    @Test
    void refusesToStartTwice() {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.ALWAYS))) {
            assertThatThrownBy(server::restart)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("still runs");
        }
    }

    @Test
    void tellsWhatRedisSaidWhenItDoesNotStart() throws IOException {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.ALWAYS))) {
            server.kill();
            Files.writeString(directory.resolve("appendonlydir/appendonly.aof.manifest"), "nonsense\n");

            assertThatThrownBy(server::restart)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Redis does not start: it ended with 1")
                    .hasMessageContaining("AOF manifest");
        }
    }

    @Test
    void aReplicaFollowsItsPrimaryAndCanBePromoted(@TempDir Path elsewhere) {
        try (RedisServer primary = RedisServer.start(directory, RedisSettings.of(Fsync.ALWAYS));
                RedisServer replica = RedisServer.start(
                        elsewhere, RedisSettings.of(Fsync.ALWAYS).asReplicaOf(primary.address()));
                RedisClient writer = primary.client();
                RedisClient reader = replica.client()) {
            writer.set("fact", "copied");
            await().atMost(SOON).until(() -> "copied".equals(reader.get("fact")));
            assertThatThrownBy(() -> reader.set("fact", "own"))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("READONLY");

            primary.kill();
            reader.executeCommand(
                    new CommandArguments(Command.REPLICAOF).add("NO").add("ONE"));

            assertThat(reader.set("fact", "own")).isEqualTo("OK");
        }
    }

    private static Connection impatient(RedisAddress address) {
        return new Connection(
                address.hostAndPort(),
                DefaultJedisClientConfig.builder()
                        .from(address.clientConfig())
                        .socketTimeoutMillis(300)
                        .build());
    }

    private static Map<String, String> settings(RedisClient redis) {
        return redis.executeCommand(new CommandObject<>(
                new CommandArguments(Command.CONFIG).add("GET").add("*"), BuilderFactory.STRING_MAP));
    }
}
