package io.thoughtbus.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.server.redis.RedisServer;
import io.thoughtbus.server.redis.RedisSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFaultsIT {
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(6);

    @TempDir
    private static Path directory;

    private static RedisServer redis;
    private static Server first;
    private static Server second;

    @BeforeAll
    static void start() {
        redis = RedisServer.start(directory.resolve("redis"), RedisSettings.of(RedisSettings.Fsync.ALWAYS));
        first = Server.launch(directory.resolve("first"), redis.uri());
        second = Server.launch(directory.resolve("second"), redis.uri());
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        redis.close();
    }

    @Test
    void nothingIsLostWhenServersAreKilled() {
        Outcome outcome = suffer("`kill -9` of a bus server, two in turn", Scale.ofThisRun(100), (number, random) -> {
            Server server = server(number);
            server.kill();
            server.restart();
        });

        assertThat(outcome.unknown()).isPositive();
    }

    @Test
    void nothingIsLostWhenRedisIsKilled() {
        ProcessHandle before = redis.processHandle();

        suffer("`kill -9` of Redis, restarted with its append-only file", Scale.ofThisRun(100), (number, random) -> {
            redis.kill();
            redis.restart();
        });

        assertThat(redis.processHandle()).isNotEqualTo(before);
    }

    @Test
    void nothingIsLostWhenOneServerIsPausedWhileTheOtherIsKilled() {
        Outcome outcome = suffer(
                "one of two servers stopped (`SIGSTOP`) for longer than its leases, then the other killed",
                Scale.ofThisRun(20),
                (number, random) -> {
                    server(number).pause(LONGER_THAN_A_LEASE);
                    server(number + 1).kill();
                    server(number + 1).restart();
                });

        assertThat(outcome.report().tally().redeliveries()).isPositive();
    }

    @Test
    void nothingIsLostWhenServersAreReplacedOneByOne() {
        suffer(
                "rolling restart of two servers",
                Scale.ofThisRun(1_000).over(2),
                (number, random) -> server(number).roll());
    }

    private static Outcome suffer(String fault, Scale scale, Arena.Ordeal ordeal) {
        try (Arena arena = new Arena(scale, List.of(first, second), redis.lastingClient(), Durability.FSYNCED)) {
            Outcome outcome = arena.suffer(ordeal).noted(fault);
            outcome.report().assertClean();
            return outcome;
        }
    }

    private static Server server(int number) {
        return number % 2 == 0 ? first : second;
    }
}
