package io.thoughtbus.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.server.redis.RedisServer;
import io.thoughtbus.server.redis.RedisSettings;
import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** Redis runs out of memory, or out of disk. */
class StorageFaultsIT {
    private static final long ROOM = 100_000;
    private static final int ENOUGH_TO_FILL_IT = 1_000;

    @TempDir
    private Path directory;

    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void publishersAreTurnedAwayWhileRedisMayUseNoMoreMemory() {
        suffer("Redis at its `maxmemory`", RedisSettings.of(Fsync.ALWAYS), (redis, arena) -> {
            RedisClient client = redis.client();
            client.configSet("maxmemory", Long.toString(usedMemory(client) + ROOM));
            arena.awaitTurnedAway("Redis has reached its maxmemory");
            client.configSet("maxmemory", "0");
        });
    }

    @Test
    void publishersAreTurnedAwayWhileTheDiskIsFull() {
        suffer(
                "disk full, `appendfsync everysec`",
                RedisSettings.of(Fsync.EVERYSEC).withDiskInHand(),
                (redis, arena) -> {
                    redis.fillDisk(ROOM);
                    arena.awaitTurnedAway("Redis cannot write to its disk");
                    redis.freeDisk();
                });
    }

    @Test
    void nothingIsLostWhenRedisEndsBecauseItsDiskIsFull() {
        suffer(
                "disk full, `appendfsync always`: Redis ends, and is started again",
                RedisSettings.of(Fsync.ALWAYS).withDiskInHand(),
                (redis, arena) -> {
                    redis.fillDisk(ROOM);
                    redis.awaitEnd();
                    ended.incrementAndGet();
                    redis.freeDisk();
                    redis.restart();
                });

        assertThat(ended).hasPositiveValue();
    }

    private void suffer(String fault, RedisSettings settings, Disaster disaster) {
        Scale scale = Scale.ofThisRun(20).over(4).withFacts(ENOUGH_TO_FILL_IT);
        try (RedisServer redis = RedisServer.start(directory.resolve("redis"), settings);
                Server server = Server.launch(directory.resolve("bus"), redis.uri());
                Arena arena = new Arena(scale, List.of(server), redis.lastingClient(), Durability.ACCEPTED)) {
            arena.suffer((number, random) -> disaster.happen(redis, arena))
                    .noted(fault)
                    .report()
                    .assertClean();
        }
    }

    private static long usedMemory(RedisClient client) {
        return client.info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("used_memory:".length()).strip()))
                .sum();
    }

    /** What happens to Redis. */
    private interface Disaster {
        void happen(RedisServer redis, Arena arena);
    }
}
