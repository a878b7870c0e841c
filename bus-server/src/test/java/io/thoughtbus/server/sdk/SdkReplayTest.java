package io.thoughtbus.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.ComparisonRun;
import io.thoughtbus.client.ReplayRun;
import io.thoughtbus.client.RequestRefusedException;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.protocol.About;
import io.thoughtbus.protocol.Comparison;
import io.thoughtbus.protocol.ComparisonDraft;
import io.thoughtbus.protocol.Difference;
import io.thoughtbus.protocol.Differences;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.JournalPoint;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayDraft;
import io.thoughtbus.protocol.ReplayedMatch;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class SdkReplayTest {
    private static final JournalPoint START = JournalPoint.at(Instant.EPOCH);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SubscriptionDraft LATE = SubscriptionDraft.of("agent", "a parcel is late");

    @LocalServerPort
    private int port;

    private ThoughtBus bus;

    @BeforeEach
    void connect() {
        bus = ThoughtBus.connect(HttpProbe.at(port).uri());
    }

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void wakesThatAReplayDeliversGoToTheirOwnHandler() {
        List<Wake> fresh = new CopyOnWriteArrayList<>();
        List<Wake> replayed = new CopyOnWriteArrayList<>();
        bus.subscribe(
                "late",
                LATE,
                2,
                wake -> {
                    fresh.add(wake);
                    return Verdict.done();
                },
                wake -> {
                    replayed.add(wake);
                    return Verdict.done();
                });
        publish(3);
        await().until(() -> fresh.size() == 3);

        ReplayRun run = bus.replay(
                "late",
                ReplayDraft.since(START).about(new About("a parcel", 0.1)).delivered(1_000));

        await().until(() -> replayed.size() == 3);
        assertThat(fresh).hasSize(3).allMatch(wake -> wake.run() == null);
        assertThat(replayed).allMatch(wake -> run.id().equals(wake.run()));
    }

    @Test
    void aReplayIsPausedResumedAndAwaited() {
        bus.declare("late", LATE);
        publish(5);

        ReplayRun run = bus.replay("late", ReplayDraft.since(START).delivered(2));
        Replay.State paused = run.pause().state();
        Replay.State resumed = run.resume().state();

        assertThat(paused).isEqualTo(Replay.State.PAUSED);
        assertThat(resumed).isEqualTo(Replay.State.RUNNING);
        assertThat(run.await(LONG).matched()).isEqualTo(5);
        assertThat(run.matches()).extracting(ReplayedMatch::fact).isSorted();
    }

    @Test
    void aNamespaceIsReplayedAsItWas() {
        bus.declare("late", LATE);
        List<FactId> facts = publish(4);
        awaitScanned(4);

        ComparisonRun run = bus.replay(ComparisonDraft.asItWas(START).until(JournalPoint.at(Instant.now())));
        Comparison done = run.await(LONG);

        assertThat(done.isEnded()).isTrue();
        assertThat(done.differences()).isEqualTo(new Differences(0, List.of()));
        assertThat(run.lines()).extracting(Difference::fact).containsExactlyElementsOf(facts);
        assertThat(bus.replay(run.id()).status().digest()).isEqualTo(done.digest());
        assertThat(run.pause().state()).isEqualTo(Replay.State.DONE);
        assertThat(run.cancel().state()).isEqualTo(Replay.State.DONE);
    }

    @Test
    void theDigestCanBeMadeAgainOfTheLines() throws GeneralSecurityException {
        bus.declare("late", LATE);
        publish(7);
        awaitScanned(7);
        ComparisonRun run = bus.replay(ComparisonDraft.asItWas(START));
        Comparison done = run.await(LONG);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        run.write(lines);

        String digest = "";
        for (String line : lines.toString(StandardCharsets.UTF_8).lines().toList()) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            digest = HexFormat.of().formatHex(sha256.digest((digest + line).getBytes(StandardCharsets.UTF_8)));
        }

        assertThat(done.digest()).isEqualTo(digest).hasSize(64);
    }

    @Test
    void aSubscriptionIsReplayedAsItWouldBe() {
        bus.declare("late", LATE);
        publish(4);
        awaitScanned(4);

        Comparison strict = bus.replay(ComparisonDraft.asItWouldBe(START, "late", LATE.withFilter("subject == 'x'")))
                .await(LONG);
        Comparison same = bus.replay(
                        ComparisonDraft.asItWouldBe(START, "late", 1).about(new About("a parcel is late", 0.9)))
                .await(LONG);

        assertThat(strict.lost())
                .isNotNull()
                .satisfies(lost -> assertThat(lost.count()).isEqualTo(4));
        assertThat(same.kept())
                .isNotNull()
                .satisfies(kept -> assertThat(kept.count()).isEqualTo(4));
    }

    @Test
    void aReplayThatIsNotThereIsRefusedAlsoWhereItsLinesAreAskedFor() {
        ComparisonRun nowhere = bus.replay("nowhere");

        assertThatThrownBy(nowhere::status).isInstanceOf(RequestRefusedException.class);
        assertThatThrownBy(nowhere::lines)
                .isInstanceOfSatisfying(
                        RequestRefusedException.class,
                        refused -> assertThat(refused.is("replay-not-found")).isTrue());
    }

    private void awaitScanned(long facts) {
        await().until(() ->
                bus.replay(ComparisonDraft.asItWas(START)).await(LONG).scanned() == facts);
    }

    private List<FactId> publish(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> bus.publish(FactDraft.of("a parcel is late").about("parcel-1"))
                        .id())
                .toList();
    }
}
