package io.thoughtbus.server.history;

import static io.thoughtbus.server.history.Story.at;
import static io.thoughtbus.server.history.Story.done;
import static io.thoughtbus.server.history.Story.later;
import static io.thoughtbus.server.history.Story.never;
import static io.thoughtbus.server.history.Story.refusedDone;
import static io.thoughtbus.server.history.Story.unknownDone;
import static io.thoughtbus.server.history.Story.wake;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.WakeVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryWakeTest {
    private final Story story = Story.clean();

    @Test
    void aWakeThatIsOwedAndNeverDeliveredIsMissed() {
        story.fact("third", "s", "late 3", 100);

        assertOnly(FaultKind.MISSED_WAKE, "0-100-0 anna/third", "late version 1");
    }

    @Test
    void aDeadLetterIsNotMissed() {
        story.fact("third", "s", "late 3", 100).ended.add(new EndedWake("late", wake(100)));

        assertClean();
    }

    @Test
    void aWakeOnlyReplayedIsMissed() {
        story.fact("third", "s", "late 3", 100).delivered("taker", 100, 1, 110, done(111, 112));
        asReplay(story.deliveries.size() - 1);

        assertOnly(FaultKind.MISSED_WAKE, "0-100-0 anna/third");
    }

    @Test
    void factsUpToTheActivationAreNotOwed() {
        story.standings.add(new Standing("war", 1, List.of(at(100))));
        story.fact("peace", "s", "war", 100);

        assertClean();
    }

    @Test
    void factsAfterTheActivationAreOwed() {
        story.standings.add(new Standing("war", 1, List.of(at(100))));
        story.fact("peace", "s", "war", 101);

        assertOnly(FaultKind.MISSED_WAKE, "0-101-0 anna/peace", "war version 1");
    }

    @Test
    void aFactThatDoesNotMatchWakesNobody() {
        story.delivered("other", 10, 1, 100, done(101, 102));

        assertOnly(FaultKind.FALSE_WAKE, wake(10), "0-10-0 anna/calm");
    }

    @Test
    void aVersionThatWasNotInForceDecidesNothing() {
        story.standings.add(new Standing("late", 2, List.of(at(25))));

        assertOnly(FaultKind.FALSE_WAKE, wake(30), "late version 2");
    }

    @Test
    void aReplayMayDeliverFactsFromBeforeTheActivation() {
        story.standings.set(0, new Standing("late", 1, List.of(at(25))));
        asReplay(0);

        assertClean();
    }

    @Test
    void factsTooCloseToCallMayWakeOrNot() {
        story.fact("third", "s", "perhaps 3", 100)
                .fact("fourth", "s", "perhaps 4", 110)
                .delivered("taker", 100, 1, 120, done(121, 122));

        HistoryReport report = story.check(
                Durability.FSYNCED,
                (fact, standing) -> fact.text().contains("perhaps")
                        ? Oracle.Due.EITHER
                        : fact.text().contains("late") ? Oracle.Due.OWED : Oracle.Due.NOT_OWED);

        assertThat(report.faults()).isEmpty();
    }

    @Test
    void aWakeForAFactThatIsNotInTheJournalIsAPhantom() {
        story.delivered("taker", 99, 1, 100, done(101, 102));

        assertOnly(FaultKind.PHANTOM_WAKE, wake(99), "fact 0-99-0");
    }

    @Test
    void aWakeInTwoHandsIsFound() {
        story.delivered("thief", 20, 2, 42, refusedDone(47, 48));

        assertOnly(FaultKind.HELD_BY_TWO, wake(20), "to taker", "to thief");
    }

    @Test
    void aWakeInTwoHandsBehindAShorterHoldingIsFound() {
        late(100)
                .delivered("a", 100, 1, 200, 900)
                .delivered("a", 100, 2, 950, 1_950)
                .delivered("b", 100, 3, 960, 970)
                .delivered("c", 100, 4, 1_000, 2_000, done(1_001, 1_002));

        Fault fault = story.check().fault(FaultKind.HELD_BY_TWO).orElseThrow();

        assertThat(fault.count()).isEqualTo(2);
        assertThat(fault.example()).contains("attempt 2", "attempt 3");
    }

    @Test
    void aWakeMayBeTakenWhenTheLeaseHasRunOut() {
        late(100).delivered("a", 100, 1, 200, 1_200).delivered("b", 100, 2, 1_198, 2_198, done(1_300, 1_305));

        assertClean();
    }

    @Test
    void aDeferredWakeMayBeTakenBeforeItsFirstTakerHearsOfIt() {
        late(100).delivered("a", 100, 1, 200, later(210, 220)).delivered("b", 100, 2, 215, done(230, 235));

        assertClean();
    }

    @Test
    void aDeliveryThatArrivesAfterItsLeaseIsInNobodysHand() {
        late(100).delivered("b", 100, 2, 1_300, done(1_400, 1_410)).delivered("a", 100, 1, 1_350, 1_200);

        assertClean();
    }

    @Test
    void aResumedConnectionMayTellItsTakerAgainWhatItHolds() {
        late(100).delivered("a", 100, 1, 200).delivered("a", 100, 1, 300, 1_200, done(310, 315));

        assertClean();
    }

    @Test
    void aWakeWithoutAVerdictIsNeverSettled() {
        late(100).delivered("a", 100, 1, 200, refusedDone(300, 310)).delivered("a", 100, 2, 1_300, later(1_400, 1_410));

        assertOnly(FaultKind.NEVER_SETTLED, wake(100), "attempt 1", "attempt 2");
    }

    @Test
    void aWakeWhoseLastVerdictIsUnknownMayBeSettled() {
        late(100).delivered("a", 100, 1, 200).delivered("a", 100, 2, 1_300, unknownDone(1_400, 1_410));

        assertClean();
    }

    @Test
    void aWakeDeliveredAfterAnUnknownVerdictIsNotSettledByIt() {
        late(100).delivered("a", 100, 1, 200, unknownDone(300, 310)).delivered("a", 100, 2, 1_300);

        assertOnly(FaultKind.NEVER_SETTLED, wake(100));
    }

    @Test
    void aRefusedOrEndedWakeIsSettled() {
        late(100).delivered("a", 100, 1, 200, never(300, 310));
        late(110).delivered("a", 110, 1, 400).ended.add(new EndedWake("late", wake(110)));

        assertClean();
    }

    @Test
    void aWakeDeliveredAfterItWasDoneIsFound() {
        story.delivered("thief", 20, 2, 51, refusedDone(60, 61));

        assertOnly(FaultKind.WOKEN_AFTER_DONE, wake(20), "to thief", "attempt 2");
    }

    @Test
    void aWakeThatIsDoneAndBeginsAnewIsFound() {
        story.delivered("thief", 20, 1, 2_000, done(2_010, 2_020));

        assertOnly(FaultKind.WOKEN_AFTER_DONE, wake(20), "to thief", "attempt 1");
    }

    @Test
    void aWakeMayComeAgainAfterAnUnknownOrRefusedVerdict() {
        late(100)
                .delivered("a", 100, 1, 200, unknownDone(300, 310), refusedDone(1_250, 1_260))
                .delivered("b", 100, 2, 1_201, done(1_300, 1_310));

        assertClean();
    }

    @Test
    void firstDeliveriesInAnotherOrderThanTheJournalAreFound() {
        late(100);
        late(110).delivered("taker", 110, 1, 200, done(201, 202)).delivered("taker", 100, 1, 210, done(211, 212));

        assertOnly(FaultKind.DELIVERY_ORDER, wake(100), wake(110));
    }

    @Test
    void redeliveriesHaveNoOrder() {
        late(100);
        late(120).delivered("a", 120, 1, 200, done(201, 202)).delivered("a", 100, 2, 210, done(211, 212));

        assertClean();
    }

    @Test
    void whereSeveralTakeFirstDeliveriesHaveNoOrder() {
        late(100);
        late(110);
        late(120)
                .delivered("a", 120, 1, 200, done(201, 202))
                .delivered("a", 100, 1, 210, done(211, 212))
                .delivered("b", 110, 1, 220, done(221, 222));

        assertClean();
    }

    @Test
    void aWakeTakenWhileItIsBeingFinishedIsFound() {
        story.delivered("thief", 20, 2, 47, refusedDone(60, 61));

        assertOnly(FaultKind.HELD_BY_TWO, wake(20), "to taker", "to thief");
    }

    @Test
    void aWakeWhoseLastVerdictWasToDeferItIsNeverSettled() {
        GivenVerdict unknown = new GivenVerdict(
                WakeVerdict.Kind.LATER, 300_000_000, 310_000_000, GivenVerdict.Outcome.UNKNOWN, "reset");
        late(100).delivered("a", 100, 1, 200, unknown);

        assertOnly(FaultKind.NEVER_SETTLED, wake(100), "later given at 0.300000 s");
    }

    @Test
    void whatAResumedConnectionTellsAgainIsNoFirstDelivery() {
        late(100);
        late(110)
                .delivered("a", 100, 1, 200, 1_200)
                .delivered("a", 110, 1, 210, done(230, 231))
                .delivered("a", 100, 1, 220, 1_200, done(230, 231));

        assertClean();
    }

    @Test
    void aShardsActivationSaysNothingOfOtherShards() {
        story.standings.set(0, new Standing("late", 1, List.of(at(15), new FactId(1, 1_000, 0))));

        assertClean();
    }

    private Story late(long position) {
        return story.fact("key-" + position, "s", "late " + position, position);
    }

    private void asReplay(int index) {
        Delivery present = story.deliveries.get(index);
        story.deliveries.set(
                index,
                new Delivery(
                        present.taker(),
                        present.subscription(),
                        present.wake() + ".r-1",
                        present.attempt(),
                        present.fact(),
                        present.subject(),
                        present.version(),
                        true,
                        present.receivedAt(),
                        present.leaseUntil(),
                        present.verdicts()));
    }

    private void assertClean() {
        assertThat(story.check().faults()).isEmpty();
    }

    private void assertOnly(FaultKind kind, String... ids) {
        HistoryReport report = story.check();

        assertThat(report.faults()).hasSize(1).first().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(kind);
            assertThat(fault.count()).isEqualTo(1);
            assertThat(fault.example()).contains(ids);
        });
    }
}
