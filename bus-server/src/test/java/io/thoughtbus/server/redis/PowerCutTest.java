package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

class PowerCutTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void nothingThatWasAnsweredIsGoneWhenEveryCommandIsSynced() {
        try (RedisServer server = start(Fsync.ALWAYS)) {
            Writers writers = new Writers(server);
            for (int cut = 0; cut < 3; cut++) {
                writers.writeUntilItEnds(4, 200, server::cutPower);

                server.restart();
                assertThat(writers.kept()).containsAll(writers.answered());
            }
        }
    }

    @Test
    void nothingThatWasAnsweredIsGoneWhenThePowerFailsWhileTheFileIsRewritten() {
        try (RedisServer server = start(Fsync.ALWAYS)) {
            Writers writers = new Writers(server);
            for (int cut = 0; cut < 5; cut++) {
                writers.writeUntilItEnds(4, 200, () -> {
                    rewrite(server);
                    server.cutPower();
                });

                server.restart();
                assertThat(writers.kept()).containsAll(writers.answered());
            }
        }
    }

    @Test
    void whatWasAnsweredAndNotYetSyncedIsGoneAndWhatWasConfirmedIsNot() {
        try (RedisServer server = start(Fsync.EVERYSEC)) {
            Writers writers = new Writers(server);
            Set<Long> confirmed = new TreeSet<>();
            long removed = 0;
            for (int cut = 0; cut < 3; cut++) {
                confirmed.addAll(writers.writeAndSync(50));
                writers.write(100);

                removed += server.cutPower();
                server.restart();

                assertThat(writers.kept()).containsAll(confirmed);
            }
            Set<Long> lost = writers.answered();
            lost.removeAll(writers.kept());
            assertThat(lost).isNotEmpty();
            assertThat(removed).isGreaterThan(20L * lost.size());
        }
    }

    @Test
    void aKillAloneTakesNothingThatWasAnswered() {
        try (RedisServer server = start(Fsync.NO)) {
            Writers writers = new Writers(server);

            writers.writeUntilItEnds(4, 200, server::kill);

            server.restart();
            assertThat(writers.kept()).containsAll(writers.answered());
        }
    }

    @Test
    void whatWasNeverSyncedIsGoneButForWhatTheRewrittenFileHolds() {
        try (RedisServer server = start(Fsync.NO)) {
            Writers writers = new Writers(server);
            writers.write(100);
            rewrite(server);
            awaitRewritten(server, 2);
            writers.write(100);

            long removed = server.cutPower();
            server.restart();

            assertThat(removed).isGreaterThan(20 * 100);
            assertThat(writers.kept())
                    .isEqualTo(LongStream.range(0, 100).boxed().collect(Collectors.toSet()));
        }
    }

    @Test
    void aSecondCutTakesNothingThatAFirstHasLeft() {
        try (RedisServer server = start(Fsync.ALWAYS)) {
            new Writers(server).write(10);

            assertThat(server.cutPower()).isZero();
            assertThat(server.cutPower()).isZero();
        }
    }

    @Test
    void onlyARedisWithItsDiskInHandCanLosePower() {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.ALWAYS))) {
            assertThatThrownBy(server::cutPower).hasMessageContaining("withDiskInHand");
            assertThat(server.processHandle().isAlive()).isTrue();
        }
    }

    @Test
    void aTornFileIsLoadedUpToTheTear() {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.ALWAYS))) {
            Writers writers = new Writers(server);
            writers.write(100);
            server.kill();
            long before = size();

            long torn = server.tear(new Random(7), 1_000);

            assertThat(torn).isBetween(1L, 1_000L);
            assertThat(size()).isEqualTo(before - torn);
            server.restart();
            Set<Long> kept = writers.kept();
            assertThat(kept)
                    .hasSizeBetween(50, 99)
                    .isEqualTo(LongStream.range(0, kept.size()).boxed().collect(Collectors.toSet()));
        }
    }

    @Test
    void aFlippedBitIsOneBitOfTheLastBytes() throws IOException {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.ALWAYS))) {
            new Writers(server).write(100);
            server.kill();
            byte[] before = Files.readAllBytes(last());

            long position = server.flipBit(new Random(7), 1_000);

            byte[] after = Files.readAllBytes(last());
            assertThat(position).isBetween(before.length - 1_000L, before.length - 1L);
            assertThat(Arrays.mismatch(before, after)).isEqualTo((int) position);
            assertThat(Integer.bitCount((before[(int) position] ^ after[(int) position]) & 0xff))
                    .isEqualTo(1);
            after[(int) position] = before[(int) position];
            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void aRedisThatRunsIsNotTorn() {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.ALWAYS))) {
            assertThatThrownBy(() -> server.tear(new Random(7), 1_000)).hasMessageContaining("still runs");
            assertThatThrownBy(() -> server.flipBit(new Random(7), 1_000)).hasMessageContaining("still runs");
        }
    }

    @Test
    void saysWhatToInstallWhereThereIsNoCompiler() {
        assertThatThrownBy(() -> DiskLibrary.compile("no-such-compiler", directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no C compiler no-such-compiler")
                .hasMessageContaining("apt-get install gcc libc6-dev");
        assertThatThrownBy(() -> DiskLibrary.compile("false", directory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("apt-get install gcc libc6-dev");
    }

    private RedisServer start(Fsync fsync) {
        return RedisServer.start(directory, RedisSettings.of(fsync).withDiskInHand());
    }

    private static void rewrite(RedisServer server) {
        try (RedisClient redis = server.client()) {
            redis.executeCommand(new CommandArguments(Command.BGREWRITEAOF));
        }
    }

    private void awaitRewritten(RedisServer server, int sequence) {
        Path base = directory.resolve("appendonlydir/appendonly.aof." + sequence + ".base.rdb");
        await().atMost(SOON).until(() -> Files.exists(base) && server.log().contains("AOF rewrite finished"));
    }

    private Path last() {
        return new RedisFiles(directory).last();
    }

    private long size() {
        return last().toFile().length();
    }
}
