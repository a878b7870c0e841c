package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

class EmbeddedRedisTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void dataSurviveACloseAndAStartInTheSameDirectory() {
        try (EmbeddedRedis first = start();
                RedisClient redis = client(first)) {
            redis.set("fact", "kept");
        }

        try (EmbeddedRedis second = start();
                RedisClient redis = client(second)) {
            assertThat(redis.get("fact")).isEqualTo("kept");
        }
    }

    @Test
    void functionsSurviveACloseAndAStartInTheSameDirectory() {
        try (EmbeddedRedis first = start();
                RedisClient redis = client(first)) {
            RedisFunctions.of(redis).load();
        }

        try (EmbeddedRedis second = start();
                RedisClient redis = client(second)) {
            assertThat(redis.functionList("thoughtbus")).hasSize(1);
        }
    }

    @Test
    void everyStartHasAPasswordOfItsOwn() {
        RedisAddress first;
        try (EmbeddedRedis redis = start()) {
            first = redis.address();
        }

        try (EmbeddedRedis second = start()) {
            assertThat(second.address().password()).hasSize(32).isNotEqualTo(first.password());
        }
    }

    @Test
    void aSecondStartInTheSameDirectoryIsRefusedNamingTheSetting() {
        try (EmbeddedRedis first = start();
                RedisClient redis = client(first)) {
            assertThatThrownBy(this::start).isInstanceOfSatisfying(UnsuitableRedisException.class, refusal -> {
                assertThat(refusal).hasMessage("the data directory " + directory + " is in use by another bus");
                assertThat(refusal.remedy()).contains("--thoughtbus.data-dir=DIR");
            });
            assertThat(redis.ping()).isEqualTo("PONG");
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsRefusedNamingTheSetting() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> EmbeddedRedis.start(file, null, EmbeddedRedis.Persistence.NONE))
                .isInstanceOfSatisfying(
                        UnsuitableRedisException.class,
                        refusal -> assertThat(refusal.remedy()).contains("--thoughtbus.data-dir=DIR"));
    }

    @Test
    void startsAgainOnTheSamePortWithTheSameDataWhenItsProcessIsKilled() {
        try (EmbeddedRedis embedded = start();
                RedisClient redis = client(embedded)) {
            redis.set("fact", "kept");
            ProcessHandle killed = embedded.processHandle();

            killed.destroyForcibly();

            await().atMost(SOON)
                    .ignoreExceptionsInstanceOf(JedisException.class)
                    .untilAsserted(() -> {
                        assertThat(redis.get("fact")).isEqualTo("kept");
                        assertThat(embedded.processHandle())
                                .isNotEqualTo(killed)
                                .matches(ProcessHandle::isAlive);
                    });
        }
    }

    @Test
    void startsAgainAsOftenAsItIsKilled() {
        try (EmbeddedRedis embedded = start();
                RedisClient redis = client(embedded)) {
            for (int time = 1; time <= 3; time++) {
                String value = "after " + time;
                redis.set("fact", value);
                ProcessHandle killed = embedded.processHandle();

                killed.destroyForcibly();

                await().atMost(SOON)
                        .ignoreExceptionsInstanceOf(JedisException.class)
                        .until(() -> !embedded.processHandle().equals(killed) && value.equals(redis.get("fact")));
            }
        }
    }

    @Test
    void endsWithItsOwner() {
        EmbeddedRedis embedded = start();
        ProcessHandle process = embedded.processHandle();

        embedded.close();

        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void refusesWhoeverDoesNotKnowThePassword() {
        try (EmbeddedRedis embedded = start();
                RedisClient stranger =
                        RedisClient.create("127.0.0.1", embedded.address().port())) {
            assertThatThrownBy(() -> stranger.get("fact"))
                    .isInstanceOf(JedisException.class)
                    .hasStackTraceContaining("NOAUTH");
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE, no, everysec", "EVERYSEC, yes, everysec", "ALWAYS, yes, always"})
    void keepsWhatItIsAskedToAndEvictsNothing(
            EmbeddedRedis.Persistence persistence, String appendonly, String appendfsync) {
        try (EmbeddedRedis embedded = EmbeddedRedis.start(directory, null, persistence);
                RedisClient redis = client(embedded)) {
            assertThat(settings(redis))
                    .containsEntry("appendonly", appendonly)
                    .containsEntry("appendfsync", appendfsync)
                    .containsEntry("maxmemory-policy", "noeviction")
                    .containsEntry("save", "")
                    .containsEntry("rdbcompression", "no")
                    .containsEntry("bind", "127.0.0.1")
                    .containsEntry("protected-mode", "yes");
        }
    }

    @Test
    void onlyItsUserCanReadTheConfigurationThatHoldsThePassword() throws IOException {
        try (EmbeddedRedis embedded = start()) {
            Path configuration = directory.resolve("redis.conf");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(configuration)))
                    .isEqualTo("rw-------");
            assertThat(configuration)
                    .content()
                    .contains(String.valueOf(embedded.address().password()));
        }
    }

    @Test
    void anExecutableThatIsNoRedisIsRefusedWithItsLastWords() throws IOException {
        RedisInstallation impostor = new RedisInstallation(Path.of("/bin/false"), List.of());

        assertThatThrownBy(() ->
                        RedisProcess.start(impostor, new RedisDirectory(directory), EmbeddedRedis.Persistence.NONE, 1))
                .isInstanceOf(UnsuitableRedisException.class)
                .hasMessageContaining("the embedded Redis does not start: it ended with 1");
    }

    private EmbeddedRedis start() {
        return EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.ALWAYS);
    }

    private static RedisClient client(EmbeddedRedis embedded) {
        return new RedisClients(embedded.address()).shared(2);
    }

    private static Map<String, String> settings(RedisClient redis) {
        return redis.executeCommand(new CommandObject<>(
                new CommandArguments(Command.CONFIG).add("GET").add("*"), BuilderFactory.STRING_MAP));
    }
}
