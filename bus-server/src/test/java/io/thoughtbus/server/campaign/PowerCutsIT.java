package io.thoughtbus.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.history.FaultKind;
import io.thoughtbus.server.history.Journalled;
import io.thoughtbus.server.history.Publication;
import io.thoughtbus.server.redis.RedisServer;
import io.thoughtbus.server.redis.RedisSettings;
import io.thoughtbus.server.redis.RedisSettings.Fsync;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every byte that Redis had not synced is gone, or even some that it had. Where it syncs once a second, the last second did not happen: takes and
 * verdicts are undone with it, and who was woken by a fact that is gone was woken for nothing.
 */
class PowerCutsIT {
    private static final Duration STATED_WINDOW = Duration.ofSeconds(2);
    private static final int LONGEST_TEAR = 100_000;
    private static final Set<FaultKind> UNDONE_WITH_THE_LAST_SECOND = EnumSet.of(
            FaultKind.PHANTOM_WAKE, FaultKind.HELD_BY_TWO, FaultKind.NEVER_SETTLED, FaultKind.WOKEN_AFTER_DONE);

    @TempDir
    private Path directory;

    private final List<Long> cuts = new ArrayList<>();
    private long removed;

    @Test
    void nothingIsLostOrUndoneWhereRedisSyncsBeforeItAnswers() {
        Outcome outcome = suffer(Fsync.ALWAYS, Durability.FSYNCED).noted("power cut, `appendfsync always`");

        outcome.report().assertClean();
        assertThat(cuts).hasSize(outcome.scale().strikes());
    }

    @Test
    void whatWasAnsweredAsFsyncedSurvivesWhereRedisSyncsOnceASecond() {
        Outcome outcome = suffer(Fsync.EVERYSEC, Durability.FSYNCED);
        outcome.noted("power cut, `appendfsync everysec`, `fsynced` asked for", undone(outcome));

        assertNothingLostOrElse(outcome);
    }

    @Test
    void whatWasOnlyAcceptedIsLostForNoLongerThanTheStatedWindow() {
        Outcome outcome = suffer(Fsync.EVERYSEC, Durability.ACCEPTED);
        List<Long> ages = lost(outcome).map(this::ageAtTheCut).toList();
        outcome.noted(
                "power cut, `appendfsync everysec`, `accepted` asked for",
                ages.size() + " facts that were only accepted lost, the oldest "
                        + ages.stream().mapToLong(age -> age).max().orElse(0) + " ms old; "
                        + undone(outcome));

        assertThat(ages).allMatch(age -> age <= STATED_WINDOW.toMillis());
        assertNothingLostOrElse(outcome);
    }

    @Test
    void whatWasAnsweredAsReplicatedSurvivesTheLossOfThePrimaryWithItsDisk() {
        RedisSettings settings = RedisSettings.of(Fsync.EVERYSEC).withDiskInHand();
        try (RedisServer primary = RedisServer.start(directory.resolve("redis"), settings);
                RedisServer replica =
                        RedisServer.start(directory.resolve("replica"), settings.asReplicaOf(primary.address()));
                Server first = Server.launch(directory.resolve("first"), primary.uri());
                Server second = Server.launch(directory.resolve("second"), primary.uri());
                Arena arena = new Arena(
                        Scale.ofThisRun(50).over(4), List.of(first, second), primary.client(), Durability.REPLICATED)) {
            Outcome outcome = arena.surviving(Durability.REPLICATED).suffer((number, random) -> {
                await().pollDelay(Duration.ofMillis(100 + random.nextInt(800))).until(() -> true);
                primary.kill();
                removed += replica.cutPower();
                primary.takeDiskOf(replica);
                replica.restart();
                primary.restart();
            });
            outcome.noted(
                    "primary lost with its disk and its replica's power cut, `everysec`, `replicated` asked for",
                    undone(outcome));

            assertNothingLostOrElse(outcome);
        }
    }

    @Test
    void aTornFileLosesNothingButItsEnd() {
        Outcome outcome = suffer(Scale.ofThisRun(50).over(2), Fsync.ALWAYS, Durability.FSYNCED, (redis, random) -> {
            redis.kill();
            return redis.tear(random, LONGEST_TEAR);
        });
        NavigableSet<FactId> there = new TreeSet<>(idsOf(outcome));
        List<FactId> lost =
                lost(outcome).map(Publication::id).map(Objects::requireNonNull).toList();
        outcome.noted(
                "append-only file torn at a random byte of its last 100 kB",
                lost.size() + " facts lost with " + removed + " bytes; " + undone(outcome));

        assertNothingElse(outcome);
        assertThat(lost).allMatch(id -> {
            FactId next = there.higher(id);
            return next == null
                    || next.shard() != id.shard()
                    || next.milliseconds() > cutAfter(id.milliseconds()).orElseThrow();
        });
    }

    private static Set<FactId> idsOf(Outcome outcome) {
        return outcome.ending().journal().stream().map(Journalled::id).collect(Collectors.toSet());
    }

    private static Stream<Publication> lost(Outcome outcome) {
        Set<FactId> there = idsOf(outcome);
        return outcome.history().publications().stream()
                .filter(publication -> publication.outcome() == Publication.Outcome.ACCEPTED)
                .filter(publication -> !there.contains(publication.id()));
    }

    private void assertNothingElse(Outcome outcome) {
        assertThat(removed).isPositive();
        assertThat(outcome.report().faults())
                .filteredOn(fault -> !UNDONE_WITH_THE_LAST_SECOND.contains(fault.kind()))
                .filteredOn(fault -> fault.kind() != FaultKind.LOST_FACT)
                .isEmpty();
    }

    private void assertNothingLostOrElse(Outcome outcome) {
        assertNothingElse(outcome);
        assertThat(outcome.count(FaultKind.LOST_FACT)).isZero();
    }

    private static String undone(Outcome outcome) {
        return UNDONE_WITH_THE_LAST_SECOND.stream()
                .map(kind -> outcome.count(kind) + " " + kind.meaning())
                .collect(Collectors.joining("; "));
    }

    /** How many milliseconds before the next cut Redis took a fact that is lost, by the clock of both. */
    private long ageAtTheCut(Publication lost) {
        long taken = Objects.requireNonNull(lost.id()).milliseconds();
        return cutAfter(taken)
                        .orElseThrow(
                                () -> new AssertionError(String.format(Locale.ROOT, "lost without a cut: %s", lost)))
                - taken;
    }

    private Optional<Long> cutAfter(long milliseconds) {
        return cuts.stream().filter(cut -> cut >= milliseconds).findFirst();
    }

    private Outcome suffer(Fsync fsync, Durability asked) {
        Scale scale = fsync == Fsync.ALWAYS
                ? Scale.ofThisRun(50)
                : Scale.ofThisRun(50).over(2);
        return suffer(scale, fsync, asked, (redis, random) -> redis.cutPower());
    }

    private Outcome suffer(Scale scale, Fsync fsync, Durability asked, Cut cut) {
        try (RedisServer redis = RedisServer.start(
                        directory.resolve("redis"), RedisSettings.of(fsync).withDiskInHand());
                Server first = Server.launch(directory.resolve("first"), redis.uri());
                Server second = Server.launch(directory.resolve("second"), redis.uri());
                Arena arena = new Arena(scale, List.of(first, second), redis.lastingClient(), asked)) {
            return arena.surviving(Durability.FSYNCED).suffer((number, random) -> {
                await().pollDelay(Duration.ofMillis(100 + random.nextInt(800))).until(() -> true);
                removed += cut.of(redis, random);
                cuts.add(System.currentTimeMillis());
                redis.restart();
            });
        }
    }

    /** Ends Redis and takes the end of its file; answers how many bytes. */
    private interface Cut {
        long of(RedisServer redis, Random random);
    }
}
