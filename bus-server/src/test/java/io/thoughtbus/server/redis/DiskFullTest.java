package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class DiskFullTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void endsBeforeItAnswersWhatItCannotSync() {
        try (RedisServer server = start(Fsync.ALWAYS)) {
            Writers writers = new Writers(server);
            writers.write(10);
            server.fillDisk(2_000);

            assertThat(writers.writeUntilRefused()).isInstanceOf(JedisConnectionException.class);

            server.awaitEnd();
            assertThat(writers.answered()).hasSizeBetween(15, 60);
            assertThat(server.log()).contains("AOF write error when the AOF fsync policy is 'always'. Exiting");
            server.freeDisk();
            server.restart();
            assertThat(writers.kept()).isEqualTo(writers.answered());
            writers.write(100);
        }
    }

    @Test
    void startsOnAFullDiskAndEndsAtTheFirstWriteThatNeedsRoom() {
        try (RedisServer server = start(Fsync.ALWAYS)) {
            Writers writers = new Writers(server);
            writers.write(10);
            server.fillDisk(0);
            server.kill();

            server.restart();

            assertThat(writers.kept()).isEqualTo(writers.answered());
            assertThat(writers.writeUntilRefused()).isInstanceOf(JedisConnectionException.class);
            server.awaitEnd();
            assertThat(writers.answered()).hasSize(10);
        }
    }

    @Test
    void refusesWithMisconfAndGoesOnByItselfWhenThereIsRoomAgain() {
        try (RedisServer server = start(Fsync.EVERYSEC)) {
            Writers writers = new Writers(server);
            writers.write(10);
            server.fillDisk(2_000);

            assertThat(writers.writeUntilRefused())
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("MISCONF")
                    .hasMessageContaining("No space left on device");

            assertThat(writers.kept()).isEqualTo(writers.answered());
            server.freeDisk();
            await().atMost(SOON)
                    .ignoreExceptionsInstanceOf(JedisDataException.class)
                    .until(() -> {
                        writers.write(1);
                        return true;
                    });
            server.kill();
            server.restart();
            assertThat(writers.kept()).isEqualTo(writers.answered());
        }
    }

    @Test
    void aKillWhileTheDiskIsFullTakesWhatWasAnsweredAndCouldNotBeWritten() {
        try (RedisServer server = start(Fsync.EVERYSEC)) {
            Writers writers = new Writers(server);
            writers.write(10);
            server.fillDisk(2_000);
            writers.writeUntilRefused();

            server.kill();
            server.freeDisk();
            server.restart();

            Set<Long> lost = writers.answered();
            lost.removeAll(writers.kept());
            assertThat(lost).isNotEmpty();
        }
    }

    @Test
    void onlyARedisWithItsDiskInHandCanHaveAFullOne() {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.ALWAYS))) {
            assertThatThrownBy(() -> server.fillDisk(0)).hasMessageContaining("withDiskInHand");
            assertThatThrownBy(server::freeDisk).hasMessageContaining("withDiskInHand");
        }
    }

    private RedisServer start(Fsync fsync) {
        return RedisServer.start(directory, RedisSettings.of(fsync).withDiskInHand());
    }
}
