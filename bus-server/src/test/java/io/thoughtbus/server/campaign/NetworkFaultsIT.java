package io.thoughtbus.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.server.faults.Counted;
import io.thoughtbus.server.faults.Direction;
import io.thoughtbus.server.faults.FaultProxy;
import io.thoughtbus.server.faults.Trigger;
import io.thoughtbus.server.redis.RedisServer;
import io.thoughtbus.server.redis.RedisSettings;
import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers, each with a network of its own to one Redis. */
class NetworkFaultsIT {
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(7);
    private static final Duration A_WHILE = Duration.ofSeconds(3);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int SWALLOWED_TOGETHER = 3;
    private static final List<String> COMMANDS = List.of(
            "thoughtbus_publish_facts",
            "thoughtbus_take_wakes",
            "thoughtbus_record_matches",
            "thoughtbus_add_wakes",
            "thoughtbus_settle_wakes",
            "thoughtbus_advance_cursor",
            "thoughtbus_lease_lane",
            "FT.SEARCH");

    @TempDir
    private static Path directory;

    private static RedisServer redis;
    private static List<FaultProxy> networks;
    private static List<Server> servers;

    @BeforeAll
    static void start() {
        redis = RedisServer.start(directory.resolve("redis"), RedisSettings.of(Fsync.ALWAYS));
        networks = List.of(FaultProxy.to(redis.address()), FaultProxy.to(redis.address()));
        servers = List.of(
                Server.launch(directory.resolve("first"), networks.get(0).uri()),
                Server.launch(directory.resolve("second"), networks.get(1).uri()));
    }

    @AfterAll
    static void stop() {
        servers.forEach(Server::close);
        networks.forEach(FaultProxy::close);
        redis.close();
    }

    @Test
    void nothingIsLostWhenAnswersAreSwallowedAfterTheirCommandsRan() {
        long before = count(Counted.SWALLOWED_ANSWERS);

        Scale scale = Scale.ofThisRun(100).withFacts(5_000);
        try (Arena arena = new Arena(scale, servers, redis.lastingClient(), Durability.FSYNCED)) {
            arena.suffer((number, random) -> COMMANDS.forEach(command -> swallow(arena, command)))
                    .noted("answers of Redis swallowed after the command ran")
                    .report()
                    .assertClean();
        }

        assertThat(count(Counted.SWALLOWED_ANSWERS) - before).isGreaterThan(COMMANDS.size());
    }

    @Test
    void nothingIsLostWhenConnectionsAreReset() {
        long before = count(Counted.RESETS);

        suffer(
                "connections to Redis reset",
                Scale.ofThisRun(100).over(2),
                (number, random) -> networks.forEach(FaultProxy::reset));

        assertThat(count(Counted.RESETS) - before).isPositive();
    }

    @Test
    void nothingIsLostOnASlowNetworkThatPassesByteByByte() {
        suffer(
                "slow network (20 ± 10 ms, then slices of one byte)",
                Scale.ofThisRun(20).over(20),
                (number, random) -> {
                    FaultProxy network = network(number);
                    network.latency(Duration.ofMillis(20), Duration.ofMillis(10));
                    await().atMost(LONGEST_WAIT).pollDelay(A_WHILE).until(() -> network.count(Counted.DELAYS) > 0);
                    network.heal();
                    network.slicer(1, Duration.ZERO);
                    await().atMost(LONGEST_WAIT)
                            .pollDelay(A_WHILE)
                            .until(() -> network.count(Counted.SLICED_BYTES) > 0);
                    network.heal();
                });
    }

    @Test
    void nothingIsLostOnConnectionsThatAreHalfOpen() {
        suffer(
                "half-open connections to Redis, one way silent",
                Scale.ofThisRun(50).over(2),
                (number, random) -> {
                    FaultProxy network = network(number);
                    network.halfOpen(number % 4 < 2 ? Direction.TO_CLIENT : Direction.TO_REDIS);
                    await().atMost(LONGEST_WAIT)
                            .pollDelay(LONGER_THAN_A_LEASE)
                            .until(() -> network.count(Counted.DROPPED_BYTES) > 0);
                    network.heal();
                });
    }

    @Test
    void nothingIsLostWhenAServerIsPartitionedFromRedis() {
        suffer("partition between a server and Redis for longer than its leases", Scale.ofThisRun(50), (n, random) -> {
            FaultProxy network = network(n);
            network.partition();
            await().atMost(LONGEST_WAIT)
                    .pollDelay(LONGER_THAN_A_LEASE)
                    .until(() -> network.count(Counted.HELD_BYTES) > 0);
            network.heal();
        });
    }

    /** Swallows some answers, unless the run is over before they come. */
    private static void swallow(Arena arena, String command) {
        List<Trigger> triggers = networks.stream()
                .map(network -> network.swallowReply(command, SWALLOWED_TOGETHER))
                .toList();
        await().atMost(LONGEST_WAIT)
                .until(() -> arena.isPublished()
                        || triggers.stream().anyMatch(trigger -> trigger.fired() == SWALLOWED_TOGETHER));
        triggers.forEach(Trigger::disarm);
    }

    private static void suffer(String fault, Scale scale, Arena.Ordeal ordeal) {
        try (Arena arena = new Arena(scale, servers, redis.lastingClient(), Durability.FSYNCED)) {
            arena.suffer(ordeal).noted(fault).report().assertClean();
        }
    }

    private static FaultProxy network(int number) {
        return networks.get(number % networks.size());
    }

    private static long count(Counted counted) {
        return networks.stream().mapToLong(network -> network.count(counted)).sum();
    }
}
