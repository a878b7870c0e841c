package io.thoughtbus.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.campaign.Attentive.Latencies;
import io.thoughtbus.server.redis.RedisServer;
import io.thoughtbus.server.redis.RedisSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** Facts that wake every subscription of a namespace, on a bus with 256 MB of heap, while another namespace goes on. */
class EveryoneIT {
    private static final String TEXT = "A parcel is three days late";
    private static final String CROWDED = "crowded";
    private static final int TOGETHER = 50;
    private static final int RATE = 10;

    private final int subscriptions = Scale.isCampaign() ? 5_000 : 1_000;

    @TempDir
    private Path directory;

    @Test
    void factsThatWakeEveryoneAreOwedToEachOnceAndHoldUpNobodyElseForLong() throws IOException {
        try (RedisServer redis =
                        RedisServer.start(directory.resolve("redis"), RedisSettings.of(RedisSettings.Fsync.ALWAYS));
                Server server = Server.launch(directory.resolve("bus"), redis.uri());
                RedisClient inside = redis.lastingClient()) {
            server.awaitHealthy();
            try (ThoughtBus crowded = ThoughtBus.connect(server.uri(CROWDED));
                    ThoughtBus elsewhere = ThoughtBus.connect(server.uri("elsewhere"));
                    Attentive other = new Attentive(elsewhere, 1, TEXT, 0)) {
                other.watch(10 * RATE, RATE);
                IntStream.range(0, subscriptions)
                        .parallel()
                        .forEach(i -> crowded.declare("s-" + i, SubscriptionDraft.of("agent", TEXT)));
                Latencies quiet = other.watch(10 * RATE, RATE);

                Duration one = owe(crowded, inside, 1, 1);
                CompletableFuture<Latencies> meanwhile =
                        CompletableFuture.supplyAsync(() -> other.watch(20 * RATE, RATE));
                Duration fifty = owe(crowded, inside, TOGETHER, 1 + TOGETHER);
                Latencies busy = meanwhile.join();

                note(quiet, busy, one, fifty);
                assertThat(server.process().process().isAlive()).isTrue();
                assertThat(sizes(inside)).containsOnly(1L + TOGETHER);
            }
        }
    }

    /** Publishes facts in one batch, and tells how long it takes until every inbox holds this many. */
    private Duration owe(ThoughtBus bus, RedisClient redis, int facts, long expected) {
        long started = System.nanoTime();
        bus.publishAll(IntStream.range(0, facts)
                .mapToObj(i -> FactDraft.of(TEXT).about("subject-" + i))
                .toList());
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> sizes(redis).stream().allMatch(size -> size >= expected));
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private List<Long> sizes(RedisClient redis) {
        List<Response<Long>> sizes = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            for (int i = 0; i < subscriptions; i++) {
                sizes.add(pipeline.zcard("tb:{" + CROWDED + "/s-" + i + "}:inbox"));
            }
        }
        return sizes.stream().map(Response::get).toList();
    }

    private void note(Latencies quiet, Latencies busy, Duration one, Duration fifty) throws IOException {
        String line = String.format(
                Locale.ROOT,
                "%,d subscriptions woken by each fact: one fact owed to all after %,d ms, %d in one batch after %,d ms; "
                        + "publish to wake in another namespace before: %s, meanwhile: %s, the longest %.0f ms%n",
                subscriptions,
                one.toMillis(),
                TOGETHER,
                fifty.toMillis(),
                quiet,
                busy,
                busy.millis(1));
        System.out.print(line);
        Files.createDirectories(Path.of("target/campaign"));
        Files.writeString(Path.of("target/campaign/everyone.txt"), line);
    }
}
