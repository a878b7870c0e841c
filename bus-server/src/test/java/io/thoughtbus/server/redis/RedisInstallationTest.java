package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisInstallationTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"bin", "lib", "lib/redis/modules", "modules"})
    void findsTheModulesBesideOrAroundTheServer(String place) throws IOException {
        Path server = executable("bin/redis-server");
        Path modules = modules(place);

        assertThat(RedisInstallation.at(server))
                .contains(new RedisInstallation(
                        server, List.of(modules.resolve("redisearch.so"), modules.resolve("rejson.so"))));
    }

    @Test
    void prefersTheModulesBesideTheServer() throws IOException {
        Path server = executable("bin/redis-server");
        Path beside = modules("bin");
        modules("lib");

        assertThat(RedisInstallation.at(server).orElseThrow().modules())
                .allSatisfy(module -> assertThat(module).hasParent(beside));
    }

    @Test
    void isNoneWhereAModuleIsMissing() throws IOException {
        Path server = executable("bin/redis-server");
        file("bin/redisearch.so");
        file("lib/rejson.so");

        assertThat(RedisInstallation.at(server)).isEmpty();
    }

    @Test
    void isNoneWhereTheServerCannotBeRun() throws IOException {
        modules("bin");
        Path plain = file("bin/redis-server");

        assertThat(RedisInstallation.at(plain)).isEmpty();
        assertThat(RedisInstallation.at(directory.resolve("bin"))).isEmpty();
        assertThat(RedisInstallation.at(directory.resolve("bin/absent"))).isEmpty();
    }

    @Test
    void letsRedisStackBringItsOwnModules() throws IOException {
        Path stack = executable("bin/redis-stack-server");

        assertThat(RedisInstallation.at(stack)).contains(new RedisInstallation(stack, List.of()));
    }

    @Test
    void takesTheFirstSuitableServerOnThePath() throws IOException {
        executable("bare/redis-server");
        Path suitable = executable("full/redis-server");
        modules("full");
        executable("later/redis-server");
        modules("later");

        assertThat(RedisInstallation.onPath(path("absent", "bare", "full", "later"))
                        .orElseThrow()
                        .executable())
                .isEqualTo(suitable);
    }

    @Test
    void takesRedisStackBeforeARedisServer() throws IOException {
        executable("first/redis-server");
        modules("first");
        Path stack = executable("second/redis-stack-server");

        assertThat(RedisInstallation.onPath(path("first", "second"))
                        .orElseThrow()
                        .executable())
                .isEqualTo(stack);
    }

    @Test
    void findsNothingOnAnEmptyPath() {
        assertThat(RedisInstallation.onPath("")).isEmpty();
        assertThat(RedisInstallation.onPath(File.pathSeparator)).isEmpty();
    }

    @Test
    void refusesAConfiguredServerWithoutModulesNamingTheSetting() throws IOException {
        Path server = executable("bin/redis-server");
        RedisFinder finder = new RedisFinder(server, "", new RedisDownload(directory));

        assertThatThrownBy(finder::find)
                .isInstanceOf(UnsuitableRedisException.class)
                .hasMessageContaining("thoughtbus.redis.executable is " + server);
    }

    private String path(String... names) {
        return String.join(
                File.pathSeparator,
                List.of(names).stream()
                        .map(name -> directory.resolve(name).toString())
                        .toList());
    }

    private Path modules(String place) throws IOException {
        file(place + "/redisearch.so");
        file(place + "/rejson.so");
        return directory.resolve(place);
    }

    private Path executable(String name) throws IOException {
        return Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rwx------"));
    }

    private Path file(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
