package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

@ExtendWith(OutputCaptureExtension.class)
class RedisCheckTest {
    private static EmbeddedRedis server;
    private static RedisClient redis;

    @BeforeAll
    static void start(@TempDir Path directory) {
        server = EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.NONE);
        redis = new RedisClients(server.address()).shared(4);
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @BeforeEach
    void mend() {
        redis.configSet("maxmemory-policy", "noeviction");
        redis.configSet("maxmemory", "0");
        redis.configSet("min-replicas-to-write", "0");
        redis.configSet("appendonly", "no");
        redis.configSet("appendfsync", "everysec");
    }

    @Test
    void passesTheRedisThatTheBusStartsItself() {
        assertThatCode(() -> check(redis, server.address(), Clock.systemUTC())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "volatile-ttl", "allkeys-random"})
    void refusesAnEvictingPolicyAndNamesTheCommandThatMendsIt(String policy) {
        redis.configSet("maxmemory-policy", policy);

        FailureAnalysis refusal = refusal();

        assertThat(refusal.getDescription())
                .isEqualTo("Redis at " + server.address() + " may evict facts: its maxmemory-policy is " + policy);
        assertThat(refusal.getAction())
                .isEqualTo("Set it with 'CONFIG SET maxmemory-policy noeviction' and in redis.conf.");
    }

    @Test
    void refusesARedisThatDoesNotLetTheBusIn() {
        FailureAnalysis refusal = refusalAt(RedisAddress.local(server.address().port(), "wrong"));

        assertThat(refusal.getDescription()).contains("refuses the login").doesNotContain("wrong\"");
        assertThat(refusal.getAction()).contains("thoughtbus.redis.uri=redis://user:password@host:6379");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+@all -@write ~tb:* &tb:ring",
                "+@all ~other:* &tb:ring",
                "+@all ~tb:*",
                "+@read +@write ~tb:* &tb:ring",
                "-@all"
            })
    void refusesAUserWhoMayNotDoWhatTheBusDoesAndNamesTheRightsThatItNeeds(String rights) {
        CommandArguments rule = new CommandArguments(Command.ACL)
                .add("SETUSER")
                .add("bus")
                .add("reset")
                .add("on")
                .add(">secret");
        List.of(rights.split(" ", -1)).forEach(rule::add);
        redis.executeCommand(rule);

        FailureAnalysis refusal =
                refusalAt(new RedisAddress("127.0.0.1", server.address().port(), "bus", "secret", 0, false));

        assertThat(refusal.getDescription()).contains("Redis at redis://bus@127.0.0.1:", "permissions");
        assertThat(refusal.getAction())
                .contains("thoughtbus.redis.uri", "+@all on the keys ~tb:* and the channel &tb:ring");
    }

    @Test
    void refusesAnAddressWhereNothingListens() {
        FailureAnalysis refusal = refusalAt(RedisAddress.local(RedisDirectory.freePort(), "secret"));

        assertThat(refusal.getDescription())
                .contains("there is no Redis at redis://127.0.0.1:")
                .doesNotContain("secret");
        assertThat(refusal.getAction()).contains("thoughtbus.redis.uri");
    }

    @Test
    void refusesAReplicaAndNamesItsPrimary(@TempDir Path directory) {
        try (EmbeddedRedis replica = EmbeddedRedis.start(directory, null, EmbeddedRedis.Persistence.NONE);
                RedisClient client = new RedisClients(replica.address()).shared(2)) {
            client.executeCommand(new CommandArguments(Command.REPLICAOF)
                    .add("127.0.0.1")
                    .add(server.address().port()));

            FailureAnalysis refusal = refusalAt(replica.address());

            assertThat(refusal.getDescription()).contains("is a replica");
            assertThat(refusal.getAction())
                    .isEqualTo("Name the primary, 127.0.0.1:" + server.address().port() + ", in thoughtbus.redis.uri.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.2.4", "6.2.0", "7.0.9", "0.0.1", "unstable"})
    void refusesAnOlderVersionAndNamesThoseThatWillDo(String version) throws IOException {
        try (OldRedis old = OldRedis.at(server.address(), version)) {
            FailureAnalysis refusal = refusalAt(old.address());

            assertThat(refusal.getDescription()).endsWith(" is version " + version + ", which is older than 7.4");
            assertThat(refusal.getAction()).contains("Redis 8", "Redis Stack 7.4");
        }
    }

    @Test
    void refusesARedisWithoutTheModulesAndSaysHowToLoadThem(@TempDir Path directory) throws IOException {
        RedisProcess bare = other(directory, List.of());
        try {
            FailureAnalysis refusal = refusalAt(bare.address());

            assertThat(refusal.getDescription()).containsPattern("lacks the (search|JSON) module");
            assertThat(refusal.getAction()).contains("Redis 8", "loadmodule");
        } finally {
            bare.stop();
        }
    }

    @Test
    void refusesAClusterAndNamesTheSetting(@TempDir Path directory) throws IOException {
        RedisProcess cluster = other(directory, installation().modules(), "--cluster-enabled", "yes");
        try {
            FailureAnalysis refusal = refusalAt(cluster.address());

            assertThat(refusal.getDescription()).contains("is part of a cluster");
            assertThat(refusal.getAction()).contains("cluster-enabled no", "thoughtbus.redis.uri");
        } finally {
            cluster.stop();
        }
    }

    @Test
    void refusesARedisThatIsFullAndNamesTheSetting() {
        redis.configSet("maxmemory", "1mb");

        FailureAnalysis refusal = refusal();

        assertThat(refusal.getDescription()).contains("takes no writes: OOM");
        assertThat(refusal.getAction()).contains("CONFIG SET maxmemory");
    }

    @Test
    void refusesARedisThatMissesItsReplicasAndNamesTheSetting() {
        redis.configSet("min-replicas-to-write", "1");

        FailureAnalysis refusal = refusal();

        assertThat(refusal.getDescription()).contains("takes no writes: NOREPLICAS");
        assertThat(refusal.getAction()).contains("CONFIG SET min-replicas-to-write");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2H", "-PT2H", "P300D", "PT1H10S"})
    void refusesAClockThatIsMoreThanAnHourOff(Duration off) {
        FailureAnalysis refusal = refusal(server.address(), Clock.offset(Clock.systemUTC(), off));

        assertThat(refusal.getDescription())
                .startsWith("the clocks of Redis at " + server.address() + " and of this machine differ by P")
                .endsWith(", more than PT1H");
        assertThat(refusal.getAction()).contains("timedatectl set-ntp true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "-PT59M"})
    void warnsOfAClockThatIsMoreThanHalfAMinuteOff(Duration off, CapturedOutput output) {
        check(redis, server.address(), Clock.offset(Clock.systemUTC(), off));

        assertThat(output).contains("and of this machine differ by PT", "timedatectl set-ntp true");
    }

    @Test
    void saysNothingOfAClockThatIsALittleOff(CapturedOutput output) {
        redis.configSet("appendonly", "yes");

        check(redis, server.address(), Clock.offset(Clock.systemUTC(), Duration.ofSeconds(20)));

        assertThat(output).doesNotContain("WARN", "differ");
    }

    @Test
    void warnsOfARedisThatKeepsNoAppendOnlyFileAndNamesTheSetting(CapturedOutput output) {
        check(redis, server.address(), Clock.systemUTC());

        assertThat(output).contains("keeps no append-only file", "CONFIG SET appendonly yes");
    }

    @Test
    void warnsOfARedisThatDoesNotCareWhenItsFileReachesTheDiskAndNamesTheSetting(CapturedOutput output) {
        redis.configSet("appendonly", "yes");
        redis.configSet("appendfsync", "no");

        check(redis, server.address(), Clock.systemUTC());

        assertThat(output).contains("leaves it to the system when to write", "CONFIG SET appendfsync everysec");
    }

    @Test
    void readsTheFieldsOfInfo() {
        Map<String, String> info = RedisCheck.parse("# Server\r\nredis_version:8.2.3\r\nos:Linux: 6.1\r\n\r\n");

        assertThat(info).isEqualTo(Map.of("redis_version", "8.2.3", "os", "Linux: 6.1"));
    }

    private static FailureAnalysis refusal() {
        return refusalAt(server.address());
    }

    private static FailureAnalysis refusalAt(RedisAddress address) {
        return refusal(address, Clock.systemUTC());
    }

    /** What an operator is told by a bus that does not start. */
    private static FailureAnalysis refusal(RedisAddress address, Clock clock) {
        try (RedisClient client = new RedisClients(address).shared(4)) {
            Throwable thrown = catchThrowable(() -> check(client, address, clock));
            assertThat(thrown).isInstanceOf(UnsuitableRedisException.class);
            return Objects.requireNonNull(
                    new UnsuitableRedisFailureAnalyzer().analyze(new IllegalStateException("no bean", thrown)));
        }
    }

    private static void check(RedisClient client, RedisAddress address, Clock clock) {
        new RedisCheck(client, address, clock).run();
    }

    /** A Redis that is started otherwise than the bus starts its own. */
    private static RedisProcess other(Path directory, List<Path> modules, String... options) throws IOException {
        Path script = directory.resolve("redis-server");
        Files.writeString(
                script,
                "#!/bin/sh\nexec " + installation().executable() + " \"$@\" " + String.join(" ", options) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return RedisProcess.start(
                new RedisInstallation(script, modules),
                new RedisDirectory(directory),
                EmbeddedRedis.Persistence.NONE,
                RedisServer.freePort());
    }

    private static RedisInstallation installation() {
        return RedisFinder.forThisMachine(null).find();
    }
}
