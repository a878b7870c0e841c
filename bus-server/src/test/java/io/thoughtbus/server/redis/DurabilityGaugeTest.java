package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.redis.DurabilityGauge.Durable;
import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

class DurabilityGaugeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"ALWAYS, true, true", "EVERYSEC, true, false", "NO, false, false"})
    void tellsWhatTheSettingsGive(Fsync fsync, boolean fsyncs, boolean always) {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(fsync));
                RedisClient redis = server.client()) {
            Durable now = new DurabilityGauge(redis).now();

            assertThat(now.appendOnly()).isTrue();
            assertThat(now.settled()).isTrue();
            assertThat(now.fsyncs()).isEqualTo(fsyncs);
            assertThat(now.always()).isEqualTo(always);
            assertThat(now.replicates()).isFalse();
        }
    }

    @Test
    void givesNothingWithoutAnAppendOnlyFile() {
        RedisSettings settings = RedisSettings.of(Fsync.ALWAYS).withoutAppendOnlyFile();
        try (RedisServer server = RedisServer.start(directory, settings);
                RedisClient redis = server.client()) {
            Durable now = new DurabilityGauge(redis).now();

            assertThat(now.appendOnly()).isFalse();
            assertThat(now.fsyncs()).isFalse();
            assertThat(now.always()).isFalse();
        }
    }

    @Test
    void trustsAnAppendOnlyFileThatWasSwitchedOnOnlyOnceItIsWhole() {
        RedisSettings settings = RedisSettings.of(Fsync.ALWAYS).withoutAppendOnlyFile();
        try (RedisServer server = RedisServer.start(directory, settings);
                RedisClient redis = server.client()) {
            redis.mset("a", "", "b", "", "c", "");
            redis.configSet("rdb-key-save-delay", "1000000");

            redis.configSet("appendonly", "yes");

            DurabilityGauge gauge = new DurabilityGauge(redis);
            assertThat(gauge.now().appendOnly()).isTrue();
            assertThat(gauge.now().settled()).isFalse();
            assertThat(gauge.now().fsyncs()).isFalse();
            assertThat(gauge.now().always()).isFalse();
            await().atMost(SOON).until(() -> gauge.now().always());
            assertThat(redis.info("persistence")).contains("aof_rewrite_in_progress:0");
        }
    }

    @Test
    void countsReplicasThatFollow() {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.ALWAYS));
                RedisClient redis = server.client()) {
            DurabilityGauge gauge = new DurabilityGauge(redis);
            assertThat(gauge.now().replicas()).isZero();

            try (RedisServer replica = RedisServer.start(
                    directory.resolve("replica"), RedisSettings.of(Fsync.ALWAYS).asReplicaOf(server.address()))) {
                await().atMost(SOON).until(() -> gauge.now().replicates());
                assertThat(gauge.now().replicas()).isOne();
                assertThat(replica.processHandle().isAlive()).isTrue();
            }

            await().atMost(SOON).until(() -> gauge.now().replicas() == 0);
        }
    }

    @Test
    void seesChangesAndRestartsWithinSeconds() {
        try (RedisServer server = RedisServer.start(directory, RedisSettings.of(Fsync.ALWAYS));
                RedisClient redis = server.client()) {
            DurabilityGauge gauge = new DurabilityGauge(redis);
            History first = gauge.now().history();

            redis.configSet("appendfsync", "everysec");
            await().atMost(SOON).until(() -> !gauge.now().always());

            server.kill();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThatThrownBy(gauge::now).isInstanceOf(JedisException.class));

            server.restart();
            await().atMost(SOON)
                    .ignoreExceptionsInstanceOf(JedisException.class)
                    .until(() -> gauge.now().always());
            assertThat(gauge.now().history()).isNotEqualTo(first);
        }
    }
}
