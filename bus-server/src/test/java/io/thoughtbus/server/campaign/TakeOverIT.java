package io.thoughtbus.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.client.BusUnavailableException;
import io.thoughtbus.client.Inbox;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.server.faults.FaultProxy;
import io.thoughtbus.server.redis.RedisServer;
import io.thoughtbus.server.redis.RedisSettings;
import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long facts of every shard wait for wakes when the server that dispatched them is gone, or Redis was. */
class TakeOverIT {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int SUBJECTS = 16;

    @TempDir
    private Path directory;

    @Test
    void theOtherServerTakesOverWithinSecondsAndAllGoesOnWithinSecondsWhenRedisIsBack() {
        try (RedisServer redis = RedisServer.start(directory.resolve("redis"), RedisSettings.of(Fsync.ALWAYS));
                FaultProxy network = FaultProxy.to(redis.address());
                Server first = startAlone(redis.uri(), "first");
                Server second = startAlone(network.uri(), "second");
                ThoughtBus atFirst = connect(first);
                ThoughtBus atSecond = connect(second)) {
            atFirst.declare("late", SubscriptionDraft.of("agent", "a parcel is late"));
            untilAllShardsWake(atFirst);

            Duration killed = untilAllShardsWake(atSecond, first::kill);
            first.restart();
            Duration partitioned = untilAllShardsWake(atFirst, network::partition);
            network.heal();
            redis.kill();
            redis.restart();
            Duration back = untilAllShardsWake(atFirst);

            Outcome.remark(
                    "take-over",
                    "Every shard woke subscribers again %d ms after the server that dispatched it was killed, %d ms after it was cut off from Redis, and %d ms after Redis had come back."
                            .formatted(killed.toMillis(), partitioned.toMillis(), back.toMillis()));
            assertThat(List.of(killed, partitioned, back)).allMatch(time -> time.compareTo(LONGEST) < 0);
        }
    }

    private Server startAlone(String redisUri, String name) {
        Server server = Server.launch(directory.resolve(name), redisUri);
        server.awaitHealthy();
        return server;
    }

    private static ThoughtBus connect(Server server) {
        return ThoughtBus.connect(URI.create(server.uri("shop")));
    }

    private static Duration untilAllShardsWake(ThoughtBus bus, Runnable fault) {
        long started = System.nanoTime();
        fault.run();
        untilAllShardsWake(bus);
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Publishes a fact about each of enough subjects that every shard has one, and waits until each has come. */
    private static Duration untilAllShardsWake(ThoughtBus bus) {
        long started = System.nanoTime();
        Set<String> waiting = new HashSet<>();
        for (int i = 0; i < SUBJECTS; i++) {
            waiting.add(
                    bus.publish(FactDraft.of("The parcel is three days late").about("parcel-" + i))
                            .id()
                            .toString());
        }
        Inbox inbox = bus.inbox("late");
        while (!waiting.isEmpty()) {
            try {
                for (Wake wake : inbox.take(SUBJECTS, Duration.ofMillis(200))) {
                    inbox.settle(wake, Verdict.done());
                    waiting.remove(wake.fact().id().toString());
                }
            } catch (BusUnavailableException e) {
                Thread.onSpinWait();
            }
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
