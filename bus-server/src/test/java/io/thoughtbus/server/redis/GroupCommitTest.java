package io.thoughtbus.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.server.redis.GroupCommit.Copies;
import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

class GroupCommitTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Copies HERE = new Copies(true, 0);

    private final ExecutorService threads = Executors.newFixedThreadPool(64);

    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void manyWhoComeTogetherShareFewWaits() {
        try (RedisServer server = start(Fsync.EVERYSEC);
                RedisClient redis = server.client();
                GroupCommit commits = RedisInHand.commits(server.address())) {
            History history = history(redis);

            List<CompletableFuture<Copies>> all = Stream.generate(() -> reach(commits, history, false))
                    .limit(64)
                    .toList();

            assertThat(all).extracting(CompletableFuture::join).containsOnly(HERE);
            assertThat(calls(redis, "waitaof")).isBetween(1L, 6L);
        }
    }

    @Test
    void whatWasReachedSurvivesThePowerCutThatTakesWhatWasNot() {
        try (RedisServer server = RedisServer.start(
                        directory, RedisSettings.of(Fsync.EVERYSEC).withDiskInHand());
                RedisClient redis = server.client();
                GroupCommit commits = RedisInHand.commits(server.address())) {
            History history = history(redis);
            redis.set("reached", "");

            assertThat(commits.reach(history, false)).isEqualTo(HERE);
            IntStream.range(0, 100).forEach(i -> redis.set("not-" + i, ""));
            server.cutPower();
            server.restart();

            try (RedisClient again = server.client()) {
                assertThat(again.exists("reached")).isTrue();
                assertThat(again.exists("not-99")).isFalse();
            }
        }
    }

    @Test
    void provesNothingAboutWhatWasWrittenBeforeARestart() {
        try (RedisServer server = RedisServer.start(
                        directory, RedisSettings.of(Fsync.EVERYSEC).withDiskInHand());
                RedisClient redis = server.client();
                GroupCommit commits = RedisInHand.commits(server.address())) {
            commits.reach(history(redis), false);
            History before = history(redis);
            redis.set("fact", "");

            server.cutPower();
            server.restart();

            assertThat(commits.reach(before, false)).isEqualTo(Copies.UNKNOWN);
            try (RedisClient again = server.client()) {
                assertThat(again.exists("fact")).isFalse();
                assertThat(commits.reach(history(again), false)).isEqualTo(HERE);
            }
        }
    }

    @Test
    void provesNothingOnceAnotherServerHasBeenThePrimary() {
        try (RedisServer server = start(Fsync.ALWAYS);
                RedisServer other = RedisServer.start(directory.resolve("other"), RedisSettings.of(Fsync.ALWAYS));
                RedisClient redis = server.client();
                GroupCommit commits = RedisInHand.commits(server.address())) {
            History before = history(redis);
            redis.configSet("masterauth", other.address().password());

            replicaOf(redis, "127.0.0.1", other.port());
            assertThat(commits.reach(before, false)).isEqualTo(Copies.UNKNOWN);
            await().atMost(SOON).until(() -> redis.info("replication").contains("master_link_status:up"));
            replicaOf(redis, "NO", "ONE");

            assertThat(commits.reach(before, false)).isEqualTo(Copies.UNKNOWN);
            assertThat(commits.reach(history(redis), false)).isEqualTo(HERE);
        }
    }

    @Test
    void provesNothingIfRedisDiesWhileItIsWaitedFor() {
        try (RedisServer server = start(Fsync.NO);
                RedisClient redis = server.client();
                GroupCommit commits = RedisInHand.commits(server.address())) {
            CompletableFuture<Copies> reached = reach(commits, history(redis), false);
            await().atMost(SOON).until(() -> "1".equals(info(redis, "clients").get("blocked_clients")));

            server.kill();

            assertThat(reached.join()).isEqualTo(Copies.UNKNOWN);
        }
    }

    @Test
    void answersThatNothingWasReachedWhenTheDiskIsNotWrittenInTime() {
        try (RedisServer server = start(Fsync.NO);
                RedisClient redis = server.client();
                GroupCommit commits = RedisInHand.commits(server.address())) {
            long started = System.nanoTime();

            assertThat(commits.reach(history(redis), false)).isEqualTo(Copies.NONE);
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        }
    }

    @Test
    void answersThatNothingWasReachedWithoutAnAppendOnlyFile() {
        try (RedisServer server =
                        RedisServer.start(directory, RedisSettings.of(Fsync.NO).withoutAppendOnlyFile());
                RedisClient redis = server.client();
                GroupCommit commits = RedisInHand.commits(server.address())) {
            assertThat(commits.reach(history(redis), false)).isEqualTo(Copies.NONE);
        }
    }

    @Test
    void waitsForTheDiskOfAReplicaIfAsked() {
        try (RedisServer server = start(Fsync.ALWAYS);
                RedisServer replica = replicaOf(server, RedisSettings.of(Fsync.ALWAYS));
                RedisClient redis = server.client();
                RedisClient copy = replica.client();
                GroupCommit commits = RedisInHand.commits(server.address())) {
            History history = history(redis);
            redis.set("fact", "");

            assertThat(commits.reach(history, true)).isEqualTo(new Copies(true, 1));
            assertThat(copy.exists("fact")).isTrue();
        }
    }

    @Test
    void answersWhatWasReachedWhenTheReplicaKeepsNoAppendOnlyFile() {
        try (RedisServer server = start(Fsync.ALWAYS);
                RedisServer replica =
                        replicaOf(server, RedisSettings.of(Fsync.NO).withoutAppendOnlyFile());
                RedisClient redis = server.client();
                GroupCommit commits = RedisInHand.commits(server.address())) {
            assertThat(commits.reach(history(redis), true)).isEqualTo(HERE);
            assertThat(replica.processHandle().isAlive()).isTrue();
        }
    }

    @Test
    void whoAsksForAReplicaKeepsNobodyElseWaiting() {
        try (RedisServer server = start(Fsync.ALWAYS);
                RedisClient redis = server.client();
                GroupCommit commits = RedisInHand.commits(server.address())) {
            History history = history(redis);
            CompletableFuture<Copies> inVain = reach(commits, history, true);

            assertThat(commits.reach(history, false)).isEqualTo(HERE);
            assertThat(inVain).isNotDone();
            assertThat(inVain.join()).isEqualTo(HERE);
        }
    }

    @Test
    void hasPlacesForABoundedNumber() {
        try (GroupCommit commits = RedisInHand.commits(TestRedis.address())) {
            assertThat(Stream.generate(commits::enter).limit(128)).containsOnly(true);
            assertThat(commits.enter()).isFalse();

            commits.leave();

            assertThat(commits.enter()).isTrue();
            assertThat(commits.enter()).isFalse();
        }
    }

    private CompletableFuture<Copies> reach(GroupCommit commits, History history, boolean replica) {
        return CompletableFuture.supplyAsync(() -> commits.reach(history, replica), threads)
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private RedisServer start(Fsync fsync) {
        return RedisServer.start(directory, RedisSettings.of(fsync));
    }

    private RedisServer replicaOf(RedisServer server, RedisSettings settings) {
        RedisServer replica = RedisServer.start(directory.resolve("replica"), settings.asReplicaOf(server.address()));
        try (RedisClient redis = server.client()) {
            await().atMost(SOON).until(() -> redis.info("replication").contains("state=online"));
        }
        return replica;
    }

    private static void replicaOf(RedisClient redis, String host, Object port) {
        redis.executeCommand(new CommandArguments(Command.REPLICAOF).add(host).add(port.toString()));
    }

    private static History history(RedisClient redis) {
        History.Question question;
        try (Pipeline pipeline = redis.pipelined()) {
            question = History.ask(pipeline);
        }
        return question.answer();
    }

    private static Map<String, String> info(RedisClient redis, String section) {
        return RedisCheck.parse(redis.info(section));
    }

    private static long calls(RedisClient redis, String command) {
        String stats = info(redis, "commandstats").getOrDefault("cmdstat_" + command, "calls=0,");
        return Long.parseLong(stats.substring("calls=".length(), stats.indexOf(',')));
    }
}
