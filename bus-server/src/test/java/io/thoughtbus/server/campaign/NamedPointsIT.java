package io.thoughtbus.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.server.faults.FaultProxy;
import io.thoughtbus.server.faults.Moment;
import io.thoughtbus.server.faults.Trigger;
import io.thoughtbus.server.redis.RedisServer;
import io.thoughtbus.server.redis.RedisSettings;
import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed between two commands, as the network sees them. */
class NamedPointsIT {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int MOST_PASSED = 4;

    /** Enough that commands of each kind still pass when the last point is struck, however many facts they carry. */
    private static final int ENOUGH_FOR_EVERY_POINT = 4_000;

    @TempDir
    private Path directory;

    @Test
    void nothingIsLostWhereverTheServerIsKilled() {
        List<Point> struck = new ArrayList<>();
        try (RedisServer redis = RedisServer.start(directory.resolve("redis"), RedisSettings.of(Fsync.ALWAYS));
                FaultProxy network = FaultProxy.to(redis.address());
                Server server = Server.launch(directory.resolve("bus"), network.uri());
                Arena arena = new Arena(
                        Scale.ofThisRun(50)
                                .over(2)
                                .withFacts(ENOUGH_FOR_EVERY_POINT)
                                .withStrikes(Point.values().length),
                        List.of(server),
                        redis.lastingClient(),
                        Durability.FSYNCED)) {
            Outcome outcome = arena.suffer((number, random) -> {
                Point point = Point.values()[number % Point.values().length];
                Trigger trigger =
                        network.when(point.command, 1 + random.nextInt(MOST_PASSED), point.moment, server::kill);
                trigger.awaitFired(LONGEST_WAIT);
                struck.add(point);
                server.restart();
            });

            outcome.noted("`kill -9` of the only server at named points")
                    .report()
                    .assertClean();
            assertThat(struck).contains(Point.values());
        }
    }

    /** Where a server is killed. */
    private enum Point {
        AFTER_JOURNALLING("thoughtbus_publish_facts", Moment.AFTER_RAN),
        AFTER_MATCHING("FT.SEARCH", Moment.AFTER_RAN),
        AFTER_RECORDING("thoughtbus_record_matches", Moment.AFTER_RAN),
        IN_THE_MIDDLE_OF_A_FAN_OUT("thoughtbus_add_wakes", Moment.AFTER_RAN),
        BEFORE_THE_CURSOR_MOVES("thoughtbus_advance_cursor", Moment.BEFORE),
        AFTER_A_TAKE_BEFORE_ITS_DELIVERY("thoughtbus_take_wakes", Moment.AFTER_RAN),
        AFTER_DELIVERY_BEFORE_THE_VERDICT("thoughtbus_settle_wakes", Moment.BEFORE),
        AFTER_THE_VERDICT_BEFORE_ITS_ANSWER("thoughtbus_settle_wakes", Moment.AFTER_RAN);

        private final String command;
        private final Moment moment;

        Point(String command, Moment moment) {
            this.command = command;
            this.moment = moment;
        }
    }
}
