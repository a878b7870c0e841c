package io.thoughtbus.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.protocol.Settled;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.protocol.WakeVerdict;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryRecorderTest {
    private static final Instant BEGAN = Instant.parse("2026-11-23T10:15:30Z");
    private static final FactDraft DRAFT =
            FactDraft.of("The parcel is late").about("order-7").withKey("k");
    private static final FactId ID = new FactId(3, 17, 0);

    private final AtomicLong nanoTime = new AtomicLong(-5);
    private final HistoryRecorder recorder =
            new HistoryRecorder(new HistoryClock(nanoTime::get, InstantSource.fixed(BEGAN)));

    @Test
    void notesWhenAFactWasPublishedAndWhatCameOfIt() {
        nanoTime.addAndGet(10);
        Publishing first = recorder.publishing("anna", DRAFT);
        nanoTime.addAndGet(10);
        first.unknown(new IOException("connection reset"));
        Publishing second = recorder.publishing("anna", DRAFT);
        nanoTime.addAndGet(10);
        second.accepted(new Published(ID, Durability.FSYNCED, true));
        recorder.publishing("anna", DRAFT).refused("key-reused");

        assertThat(recorder.history().publications())
                .containsExactly(
                        publication(10, 20, Publication.Outcome.UNKNOWN, "java.io.IOException: connection reset"),
                        new Publication(
                                "anna",
                                "k",
                                "order-7",
                                "The parcel is late",
                                20,
                                30,
                                Publication.Outcome.ACCEPTED,
                                ID,
                                Durability.FSYNCED,
                                ""),
                        publication(30, 30, Publication.Outcome.REFUSED, "key-reused"));
    }

    @Test
    void whatIsStillUnderWayIsUnknown() {
        recorder.publishing("anna", DRAFT);
        recorder.delivered("a", "late", wake(1)).giving(WakeVerdict.Kind.DONE);

        History history = recorder.history();

        assertThat(history.publications())
                .containsExactly(publication(0, Long.MAX_VALUE, Publication.Outcome.UNKNOWN, "still under way"));
        assertThat(history.deliveries().get(0).verdicts())
                .extracting(GivenVerdict::outcome)
                .containsExactly(GivenVerdict.Outcome.UNKNOWN);
    }

    @Test
    void notesDeliveriesWithTheirLeasesAndVerdicts() {
        nanoTime.addAndGet(7);
        InHand inHand = recorder.delivered("a", "late", wake(2));
        inHand.giving(WakeVerdict.Kind.DONE).unknown(new IOException("reset"));
        nanoTime.addAndGet(1);
        Judging again = inHand.giving(WakeVerdict.Kind.DONE);
        nanoTime.addAndGet(1);
        again.accepted(Settled.Outcome.DONE);

        assertThat(recorder.history().deliveries())
                .containsExactly(new Delivery(
                        "a",
                        "late",
                        "3-17-00000000.1",
                        2,
                        ID,
                        "order-7",
                        1,
                        false,
                        7,
                        2_000_000_000,
                        List.of(
                                new GivenVerdict(
                                        WakeVerdict.Kind.DONE,
                                        7,
                                        7,
                                        GivenVerdict.Outcome.UNKNOWN,
                                        "java.io.IOException: reset"),
                                new GivenVerdict(WakeVerdict.Kind.DONE, 8, 9, GivenVerdict.Outcome.DONE, ""))));
    }

    @Test
    void anExtendedLeaseEndsWhenTheBusSaysSo() {
        recorder.delivered("a", "late", wake(1)).extended(BEGAN.plusSeconds(9));

        assertThat(recorder.history().deliveries())
                .extracting(Delivery::leaseUntil)
                .containsExactly(9_000_000_000L);
    }

    @Test
    void anOutcomeIsToldOnce() {
        Publishing publishing = recorder.publishing("anna", DRAFT);
        publishing.refused("no");

        assertThatThrownBy(() -> publishing.unknown(new IOException("reset")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("anna/k");
    }

    @Test
    void notesWhatManyThreadsSee() {
        IntStream.range(0, 20_000).parallel().forEach(n -> {
            recorder.publishing("anna", DRAFT.withKey("k-" + n)).refused("no");
            recorder.delivered("a", "late", wake(n + 1))
                    .giving(WakeVerdict.Kind.NEVER)
                    .refused("gone");
        });

        History history = recorder.history();

        assertThat(history.publications())
                .extracting(Publication::key)
                .doesNotHaveDuplicates()
                .hasSize(20_000);
        assertThat(history.deliveries())
                .extracting(Delivery::attempt)
                .doesNotHaveDuplicates()
                .hasSize(20_000);
    }

    private static Publication publication(long from, long to, Publication.Outcome outcome, String detail) {
        return new Publication("anna", "k", "order-7", "The parcel is late", from, to, outcome, null, null, detail);
    }

    private static Wake wake(int attempt) {
        Fact fact = new Fact(
                ID,
                "The parcel is late",
                "order-7",
                Map.of(),
                "anna",
                "k",
                BEGAN,
                BEGAN,
                BEGAN,
                null,
                0,
                null,
                "model");
        return new Wake("3-17-00000000.1", attempt, 0.5, 0.4, 1, false, BEGAN.plusSeconds(2), fact);
    }
}
