package io.thoughtbus.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @Test
    void aFactsIdSurvivesTheWayThroughItsWrittenForm() {
        FactId id = new FactId(3, 1_795_428_930_000L, 12);

        assertThat(id).hasToString("3-1795428930000-12");
        assertThat(FactId.parse("3-1795428930000-12")).isEqualTo(id);
        assertThat(id.acceptedAt()).isEqualTo(Instant.ofEpochMilli(1_795_428_930_000L));
    }

    @Test
    void idsAreOrderedByTimeThenSequenceThenShard() {
        assertThat(new FactId(9, 1, 0)).isLessThan(new FactId(0, 2, 0));
        assertThat(new FactId(9, 1, 2)).isLessThan(new FactId(0, 1, 10));
        assertThat(new FactId(0, 1, 2)).isLessThan(new FactId(1, 1, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1-2", "1-2-3-4", "a-1-1", "-1-1-1", "1-1-", "1 - 1 - 1", "1-99999999999999999-1"})
    void refusesWhatIsNoFactsId(String text) {
        assertThatThrownBy(() -> FactId.parse(text))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("id must be a fact's id, <shard>-<milliseconds>-<sequence>");
    }

    @Test
    void aTimeIncludesItsWholeMillisecondAtBothEndsOfARange() {
        JournalPoint point = JournalPoint.parse("from", "1970-01-01T00:00:00.005Z");

        assertThat(point.first()).isLessThanOrEqualTo(new FactId(0, 5, 0)).isGreaterThan(new FactId(99, 4, 99));
        assertThat(point.last()).isGreaterThan(new FactId(99, 5, 99)).isLessThan(new FactId(0, 6, 0));
    }

    @Test
    void aPositionIsExactlyItsFact() {
        JournalPoint point = JournalPoint.parse("to", "2-5-7");

        assertThat(point.first()).isEqualTo(point.last()).isEqualTo(new FactId(2, 5, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-23", "1969-12-31T23:59:59Z", "+12026-01-01T00:00:00Z", "1-2"})
    void refusesWhatIsNoPlaceInTheJournal(String text) {
        assertThatThrownBy(() -> JournalPoint.parse("from", text))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("from must be");
    }
}
