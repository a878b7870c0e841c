package io.thoughtbus.server.replay;

import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.Comparison;
import io.thoughtbus.protocol.JournalPoint;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayMode;
import io.thoughtbus.protocol.ReplayedMatch;
import io.thoughtbus.server.BusServer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.redis.TestRedis;
import io.thoughtbus.server.replay.AsItWasTest.Replaying;
import io.thoughtbus.server.subscription.Subscriptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

/** Replays whose server is gone after any of their steps; the loops of the bus are kept from them by a lease. */
@BusTest
class ResumedReplayTest {
    private static final JournalPoint START = JournalPoint.at(Instant.EPOCH);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int FACTS = 1_200;

    @LocalServerPort
    private int port;

    @Autowired
    private RedisComparisons comparisons;

    @Autowired
    private ComparisonRuns comparisonRuns;

    @Autowired
    private Comparisons shown;

    @Autowired
    private RedisReplays replays;

    @Autowired
    private ReplayRuns replayRuns;

    @Autowired
    private ReplayRanges ranges;

    @Autowired
    private Subscriptions subscriptions;

    private HttpProbe bus;

    @BeforeEach
    void publish() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late", ",\"threshold\":0.5"));
        bus.declare("lost", subscription("a parcel is lost", ",\"threshold\":0.3"));
        bus.publishAll(IntStream.range(0, FACTS)
                .mapToObj(i -> fact(i % 3 == 0 ? "a parcel is late" : "nothing of the kind " + i, "parcel-" + i % 7))
                .toList());
        bus.takeAll("late", FACTS / 3);
        new Replaying(bus).awaitDispatched();
    }

    @Test
    void aComparisonThatIsResumedAfterAnyStepHasTheSameResult() throws IOException {
        StoredComparison whole = comparison();
        int steps = carryOn(comparisonRuns.of(whole));
        Comparison expected = shown.show(whole.ref());
        String lines = lines(whole.ref());

        assertThat(steps).isGreaterThan(3);
        assertThat(expected.state()).isEqualTo(Replay.State.DONE);
        assertThat(expected.lines()).isEqualTo(2 * FACTS / 3);
        for (int crash = 0; crash <= steps; crash++) {
            StoredComparison replay = comparison();
            ComparisonRun first = comparisonRuns.of(replay);
            for (int step = 0; step < crash; step++) {
                first.step();
            }
            comparisons
                    .find(replay.ref())
                    .filter(found -> !found.state().isEnd())
                    .ifPresent(found -> carryOn(comparisonRuns.of(found)));

            Comparison resumed = shown.show(replay.ref());
            assertThat(resumed.digest()).isEqualTo(expected.digest());
            assertThat(resumed.scanned()).isEqualTo(FACTS);
            assertThat(resumed.differences()).isEqualTo(expected.differences());
            assertThat(lines(replay.ref())).isEqualTo(lines);
        }
    }

    @Test
    void aServerThatWasOvertakenChangesNothing() throws IOException {
        StoredComparison replay = comparison();
        ComparisonRun overtaken = comparisonRuns.of(replay);
        ComparisonRun other = comparisonRuns.of(replay);
        other.step();
        String after = lines(replay.ref());

        assertThat(overtaken.step()).isFalse();

        assertThat(lines(replay.ref())).isEqualTo(after).isNotEmpty();
        assertThat(shown.show(replay.ref()).scanned()).isLessThan(FACTS);
    }

    @Test
    void anotherServerFindsTheSame() throws IOException {
        StoredComparison here = comparison();
        carryOn(comparisonRuns.of(here));
        try (ConfigurableApplicationContext other = new SpringApplicationBuilder(BusServer.class, BusTest.Quick.class)
                .run("--server.port=0", "--thoughtbus.redis.uri=" + TestRedis.uri())) {
            StoredComparison there = comparison();
            carryOn(other.getBean(ComparisonRuns.class).of(there));

            assertThat(other.getBean(Comparisons.class).show(there.ref()).digest())
                    .isEqualTo(shown.show(here.ref()).digest())
                    .isNotEmpty();
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            other.getBean(Comparisons.class).write(here.ref(), lines);
            assertThat(lines.toString(StandardCharsets.UTF_8)).isEqualTo(lines(there.ref()));
        }
    }

    @Test
    void aDeliveryThatIsResumedAfterAnyStepDeliversEachFactOnce() {
        List<ReplayedMatch> expected = null;
        for (int crash = 0; crash <= 4; crash++) {
            StoredReplay replay = delivery();
            ReplayRun first = replayRuns.of(replay).orElseThrow();
            for (int step = 0; step < crash; step++) {
                first.step();
            }
            replays.find(replay.ref())
                    .filter(found -> !found.state().isEnd())
                    .ifPresent(found -> carryOn(replayRuns.of(found).orElseThrow()));
            first.step();

            List<String> delivered = bus.takeAll("late", FACTS / 3).stream()
                    .filter(wake ->
                            wake.get("run").asString().equals(replay.ref().id()))
                    .map(wake -> wake.at("/fact/id").asString())
                    .toList();
            List<ReplayedMatch> matches = replays.matches(replay.ref(), 0, FACTS);
            assertThat(matches).hasSize(FACTS / 3);
            assertThat(delivered)
                    .containsExactlyInAnyOrderElementsOf(matches.stream()
                            .map(match -> match.fact().toString())
                            .toList());
            if (expected == null) {
                expected = matches;
            }
            assertThat(matches).isEqualTo(expected);
        }
    }

    @Test
    void thoseThatEndedFirstAreForgottenWhereThereAreAHundred() {
        ComparisonRef oldest = comparison().ref();
        comparisons.end(oldest, Replay.State.CANCELLED, Instant.EPOCH, null);
        for (int i = 1; i < 100; i++) {
            comparisons.end(comparison().ref(), Replay.State.CANCELLED, Instant.EPOCH.plusSeconds(i), null);
        }

        String last = bus.post("/replays", "{\"mode\":\"as-it-was\",\"from\":\"0-0-0\"}")
                .json()
                .get("id")
                .asString();

        assertThat(bus.get("/replays")
                        .json()
                        .valueStream()
                        .map(each -> each.get("id").asString()))
                .hasSize(76)
                .contains(last)
                .doesNotContain(oldest.id());
    }

    private StoredComparison comparison() {
        ComparisonRef ref = new ComparisonRef(bus.namespace(), UUID.randomUUID().toString());
        assertThat(comparisons.lease(ref, "the test", LONG)).isTrue();
        comparisons.add(
                ref,
                new StoredComparison.Plan(
                        ReplayMode.AS_IT_WAS,
                        ranges.dispatched(bus.namespace(), START, null),
                        null,
                        Choice.ALL,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        Instant.EPOCH));
        return comparisons.find(ref).orElseThrow();
    }

    private StoredReplay delivery() {
        ReplayRef ref = new ReplayRef(
                new SubscriptionRef(bus.namespace(), "late"), UUID.randomUUID().toString());
        assertThat(replays.lease(ref, "the test", LONG)).isTrue();
        long revision = subscriptions.require(bus.namespace(), "late").revision();
        replays.add(
                ref,
                new StoredReplay.Plan(
                        revision,
                        1,
                        ranges.accepted(bus.namespace(), START, null),
                        null,
                        null,
                        null,
                        null,
                        null,
                        true,
                        null,
                        Instant.EPOCH));
        return replays.find(ref).orElseThrow();
    }

    private static int carryOn(ComparisonRun run) {
        int steps = 1;
        while (run.step()) {
            steps++;
        }
        return steps;
    }

    private static void carryOn(ReplayRun run) {
        boolean more = true;
        while (more) {
            more = run.step();
        }
    }

    private String lines(ComparisonRef ref) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        shown.write(ref, lines);
        return lines.toString(StandardCharsets.UTF_8);
    }
}
