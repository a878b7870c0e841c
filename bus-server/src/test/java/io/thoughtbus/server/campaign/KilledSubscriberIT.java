package io.thoughtbus.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.history.Standing;
import io.thoughtbus.server.redis.RedisServer;
import io.thoughtbus.server.redis.RedisSettings;
import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that uses the client, and is killed in the middle of its work. */
class KilledSubscriberIT {
    private static final int SUBSCRIPTIONS = 5;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    void handlesEveryWakeThoughItIsKilledAgainAndAgain() throws IOException {
        Path file = directory.resolve("handled");
        Files.createFile(file);
        Scale scale = Scale.ofThisRun(20).over(2);
        try (RedisServer redis = RedisServer.start(directory.resolve("redis"), RedisSettings.of(Fsync.ALWAYS));
                Server server = Server.launch(directory.resolve("bus"), redis.uri());
                Arena arena = new Arena(scale, List.of(server), redis.lastingClient(), Durability.FSYNCED)) {
            Program program = new Program(
                    directory.resolve("subscriber.log"),
                    () -> SubscriberProcess.start(arena.uri(), file, scale, SUBSCRIPTIONS));
            try {
                await().atMost(LONGEST_WAIT)
                        .until(() -> program.isAlive()
                                && arena.patient(0).subscription(lastOne()).isPresent());
                Outcome outcome = arena.suffer((strike, random) -> program.killAndRestart());
                await().atMost(LONGEST_WAIT).until(() -> arena.isQuiet(subscriptions()));

                List<String[]> handled =
                        lines(file).stream().map(line -> line.split(" ", 3)).toList();
                outcome.noted(
                                "`kill -9` of a program that subscribes by the client",
                                "it handled %,d wakes, %,d of them again".formatted(handled.size(), again(handled)))
                        .report()
                        .assertClean();
                for (int i = 0; i < SUBSCRIPTIONS; i++) {
                    assertThat(factsOf(SubscriberProcess.subscription(i), handled))
                            .isEqualTo(owed(arena, outcome, i));
                }
            } finally {
                program.kill();
            }
        }
    }

    private static Set<FactId> owed(Arena arena, Outcome outcome, int number) {
        Standing standing = Standing.of(arena.patient(0)
                .subscription(SubscriberProcess.subscription(number))
                .orElseThrow());
        Interesting interest = arena.topics().interests().get(number);
        return outcome.ending().journal().stream()
                .filter(interest::wants)
                .map(fact -> fact.id())
                .filter(standing::isActiveAt)
                .collect(Collectors.toSet());
    }

    private static Set<FactId> factsOf(String subscription, List<String[]> handled) {
        return handled.stream()
                .filter(words -> words[0].equals(subscription))
                .map(words -> FactId.parse(words[1]))
                .collect(Collectors.toSet());
    }

    private static long again(List<String[]> handled) {
        return handled.size()
                - handled.stream().map(words -> words[0] + words[1]).distinct().count();
    }

    private static List<String> subscriptions() {
        return IntStream.range(0, SUBSCRIPTIONS)
                .mapToObj(SubscriberProcess::subscription)
                .toList();
    }

    private static String lastOne() {
        return SubscriberProcess.subscription(SUBSCRIPTIONS - 1);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process that is there, one after the other. */
    private static final class Program {
        private final Supplier<Process> start;
        private final Path log;
        private Process process;

        Program(Path log, Supplier<Process> start) {
            this.log = log;
            this.start = start;
            this.process = start.get();
        }

        void killAndRestart() {
            assertThat(isAlive()).isTrue();
            kill();
            process = start.get();
        }

        boolean isAlive() {
            assertThat(process.isAlive())
                    .as(() -> "the program that subscribes: " + String.join("\n", lines(log)))
                    .isTrue();
            return true;
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }
    }
}
