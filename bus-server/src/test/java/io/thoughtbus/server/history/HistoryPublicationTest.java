package io.thoughtbus.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.Durability;
import org.junit.jupiter.api.Test;

class HistoryPublicationTest {
    private final Story story = Story.clean();

    @Test
    void anAcceptedFactThatIsNotInTheJournalIsLost() {
        story.accepted("gone", "t", "nothing", 100, 105, 102);

        assertOnly(FaultKind.LOST_FACT, "anna/gone", "0-102-0", "nothing");
    }

    @Test
    void anAcceptedFactThatIsStoredElsewhereIsLostFromWhereItWas() {
        story.accepted("moved", "t", "nothing", 100, 105, 102).journalled("moved", "t", "nothing", 103);

        assertOnly(FaultKind.LOST_FACT, "anna/moved", "0-102-0", "0-103-0");
    }

    @Test
    void anAcceptedFactIsLostIfAnotherStandsInItsPlace() {
        story.fact("other", "t", "nothing", 102).accepted("gone", "t", "nothing", 100, 105, 102);

        assertOnly(FaultKind.LOST_FACT, "anna/gone", "0-102-0 anna/other");
    }

    @Test
    void factsWithoutAKeyMayBeStoredTwice() {
        story.journal.add(new Journalled(Story.at(100), "anna", null, "t", "keyless"));
        story.journal.add(new Journalled(Story.at(110), "anna", null, "t", "keyless"));

        assertThat(story.check().faults()).isEmpty();
    }

    @Test
    void aFactMayBeLostIfItsDurabilityPromisedLess() {
        story.accepted("gone", "t", "nothing", 100, 105, 102, Durability.ACCEPTED);

        assertThat(story.check(Durability.FSYNCED).faults()).isEmpty();
        assertThat(story.check(Durability.ACCEPTED).fault(FaultKind.LOST_FACT)).isPresent();
    }

    @Test
    void aKeyStoredTwiceIsFound() {
        story.fact("twin", "t", "nothing", 100).journalled("twin", "t", "nothing", 110);

        assertOnly(FaultKind.STORED_TWICE, "0-100-0 anna/twin", "0-110-0 anna/twin");
    }

    @Test
    void aRetryAnsweredWithTheFirstIdIsFine() {
        story.unknown("again", "t", "nothing", 100, 105)
                .accepted("again", "t", "nothing", 110, 115, 102)
                .accepted("again", "t", "nothing", 120, 125, 102)
                .journalled("again", "t", "nothing", 102);

        assertThat(story.check().faults()).isEmpty();
    }

    @Test
    void aRefusedFactInTheJournalIsFound() {
        story.refused("no", "t", "nothing", 100, 105).journalled("no", "t", "nothing", 102);

        assertOnly(FaultKind.REFUSED_BUT_STORED, "0-102-0 anna/no", "refused");
    }

    @Test
    void aRefusalAfterAnUnknownOutcomeDoesNotSayThatTheFactIsNotStored() {
        story.unknown("no", "t", "nothing", 100, 105)
                .refused("no", "t", "nothing", 110, 115)
                .journalled("no", "t", "nothing", 102);

        assertThat(story.check().faults()).isEmpty();
    }

    @Test
    void aKeyRefusedForAnotherTextLeavesTheFirstText() {
        story.fact("key", "t", "nothing", 100).refused("key", "t", "something else", 110, 115);

        assertThat(story.check().faults()).isEmpty();
    }

    @Test
    void aFactWithAnotherTextThanPublishedIsFound() {
        story.accepted("key", "t", "nothing", 98, 102, 100).journalled("key", "t", "nothign", 100);

        assertOnly(FaultKind.ALTERED_FACT, "0-100-0 anna/key", "nothign", "nothing");
    }

    @Test
    void unknownOutcomesAreCountedAndNoFault() {
        story.unknown("lost", "t", "nothing", 100, 105)
                .unknown("kept", "t", "nothing", 110, 115)
                .unknown("kept too", "t", "nothing", 120, 125)
                .journalled("kept", "t", "nothing", 112)
                .journalled("kept too", "t", "nothing", 150);

        HistoryReport report = story.check();

        assertThat(report.faults()).isEmpty();
        assertThat(report.tally().unknownStored()).isEqualTo(2);
        assertThat(report.tally().unknownNotStored()).isEqualTo(1);
        assertThat(report).asString().contains("3 unknown (2 stored, 1 not stored)");
    }

    @Test
    void factsOfNobodyRecordedAreCountedAndNoFault() {
        story.journalled("somebody's", "t", "nothing", 100);

        HistoryReport report = story.check();

        assertThat(report.faults()).isEmpty();
        assertThat(report.tally().unrecorded()).isEqualTo(1);
    }

    @Test
    void factsJournalledInAnotherOrderThanPublishedAreFound() {
        story.fact("b", "t", "nothing", 120)
                .accepted("a", "t", "nothing", 100, 105, 130)
                .journalled("a", "t", "nothing", 130);

        assertOnly(FaultKind.JOURNAL_ORDER, "0-130-0 anna/a", "0-120-0 anna/b");
    }

    @Test
    void overlappingPublicationsMayBeJournalledInEitherOrder() {
        story.fact("b", "t", "nothing", 120)
                .accepted("a", "t", "nothing", 100, 119, 130)
                .journalled("a", "t", "nothing", 130);

        assertThat(story.check().faults()).isEmpty();
    }

    @Test
    void subjectsHaveNoOrderBetweenThem() {
        story.fact("b", "t", "nothing", 120)
                .accepted("a", "u", "nothing", 100, 105, 130)
                .journalled("a", "u", "nothing", 130);

        assertThat(story.check().faults()).isEmpty();
    }

    @Test
    void aRetriedFactMayStandWhereAnyOfItsTriesWas() {
        story.unknown("early", "t", "nothing", 100, 105)
                .unknown("tardy", "t", "nothing", 106, 110)
                .fact("between", "t", "nothing", 120)
                .accepted("early", "t", "nothing", 130, 135, 102)
                .accepted("tardy", "t", "nothing", 130, 135, 132)
                .journalled("early", "t", "nothing", 102)
                .journalled("tardy", "t", "nothing", 132);

        assertThat(story.check().faults()).isEmpty();
    }

    @Test
    void anUnknownFactMustNotStandBeforeWhatWasOverWhenItBegan() {
        story.accepted("a", "t", "nothing", 100, 105, 120)
                .journalled("a", "t", "nothing", 120)
                .unknown("b", "t", "nothing", 110, 115)
                .journalled("b", "t", "nothing", 112);

        assertOnly(FaultKind.JOURNAL_ORDER, "0-120-0 anna/a", "0-112-0 anna/b");
    }

    @Test
    void factsFarApartInTheJournalAreComparedToo() {
        story.accepted("a", "t", "nothing", 100, 105, 150)
                .journalled("a", "t", "nothing", 150)
                .accepted("b", "t", "nothing", 100, 138, 130)
                .journalled("b", "t", "nothing", 130)
                .accepted("c", "t", "nothing", 115, 125, 120)
                .journalled("c", "t", "nothing", 120);

        assertOnly(FaultKind.JOURNAL_ORDER, "0-150-0 anna/a", "0-120-0 anna/c");
    }

    @Test
    void aFactIsInItsPlaceOnceItWasFirstAccepted() {
        story.accepted("a", "t", "nothing", 100, 105, 120)
                .accepted("a", "t", "nothing", 200, 205, 120)
                .journalled("a", "t", "nothing", 120)
                .accepted("b", "t", "nothing", 110, 115, 112)
                .journalled("b", "t", "nothing", 112);

        assertOnly(FaultKind.JOURNAL_ORDER, "0-120-0 anna/a", "0-112-0 anna/b");
    }

    @Test
    void aRefusedRequestDoesNotBeginAFact() {
        story.refused("a", "t", "nothing", 100, 105)
                .accepted("a", "t", "nothing", 130, 135, 112)
                .journalled("a", "t", "nothing", 112)
                .accepted("b", "t", "nothing", 108, 116, 114)
                .journalled("b", "t", "nothing", 114);

        assertOnly(FaultKind.JOURNAL_ORDER, "0-114-0 anna/b", "0-112-0 anna/a");
    }

    @Test
    void aFactLostAsItMayBeAndPublishedAgainTakesItsNewPlace() {
        story.accepted("a", "t", "nothing", 100, 105, 102, Durability.ACCEPTED)
                .fact("b", "t", "nothing", 110)
                .accepted("a", "t", "nothing", 120, 125, 122)
                .journalled("a", "t", "nothing", 122);

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
