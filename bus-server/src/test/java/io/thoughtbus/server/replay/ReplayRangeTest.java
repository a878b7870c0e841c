package io.thoughtbus.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.JournalPoint;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayRangeTest {
    private static final FactId NOTHING_READ = new FactId(0, 0, 0);

    @ParameterizedTest
    @CsvSource({"0, 1000-0", "1, 1000-0", "5, 1000-0"})
    void aRangeFromATimeStartsEveryShardAtThatMillisecond(int shard, String start) {
        ReplayRange range = range(JournalPoint.at(Instant.ofEpochMilli(1_000)), at(0, 9_000, 0));

        assertThat(range.start(shard, NOTHING_READ)).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({"0, (1000-7", "1, (1000-7", "2, 1000-7", "3, 1000-7"})
    void aRangeFromAPositionIncludesItAndWhatTheOrderPutsBehindIt(int shard, String start) {
        ReplayRange range = range(at(2, 1_000, 7), at(0, 9_000, 0));

        assertThat(range.start(shard, NOTHING_READ)).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({"0, 2000-9223372036854775807", "5, 2000-9223372036854775807"})
    void aRangeToATimeEndsEveryShardWithThatMillisecond(int shard, String end) {
        ReplayRange range = range(at(0, 1, 0), JournalPoint.at(Instant.ofEpochMilli(2_000)));

        assertThat(range.end(shard)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({"0, 2000-7", "2, 2000-7", "3, (2000-7"})
    void aRangeToAPositionIncludesItAndWhatTheOrderPutsBeforeIt(int shard, String end) {
        ReplayRange range = range(at(0, 1, 0), at(2, 2_000, 7));

        assertThat(range.end(shard)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({"0, (1500-3", "1, (1500-3", "2, 1500-3"})
    void whatHasBeenReadIsNotReadAgain(int shard, String start) {
        ReplayRange range = range(at(0, 1_000, 0), at(0, 9_000, 0));

        assertThat(range.start(shard, new FactId(1, 1_500, 3))).isEqualTo(start);
    }

    @Test
    void endsGivenForEachShardCountInsteadOfTheEndOfTheWhole() {
        ReplayRange range = new ReplayRange(
                at(0, 1_000, 0), at(0, 9_000, 0), List.of(new FactId(0, 5_000, 1), new FactId(1, 6_000, 2)));

        assertThat(range.end(0)).isEqualTo("5000-1");
        assertThat(range.end(1)).isEqualTo("6000-2");
    }

    @ParameterizedTest
    @CsvSource({"1000, 0", "1500, 0.5", "2000, 1", "3000, 1", "500, 0"})
    void progressIsTheShareOfTheTimeThatHasBeenRead(long read, double progress) {
        ReplayRange range = range(at(0, 0, 0), at(0, 2_000, 0));

        assertThat(range.progress(new FactId(0, 1_000, 0), new FactId(0, read, 0)))
                .isEqualTo(progress);
    }

    @Test
    void progressOfARangeOfOneMillisecondIsNoFraction() {
        ReplayRange range = range(at(0, 1_000, 0), at(0, 1_000, 0));

        assertThat(range.progress(new FactId(0, 1_000, 0), new FactId(0, 1_000, 0)))
                .isBetween(0.0, 1.0);
    }

    private static ReplayRange range(JournalPoint from, JournalPoint to) {
        return new ReplayRange(from, to, List.of());
    }

    private static JournalPoint at(int shard, long milliseconds, long sequence) {
        return JournalPoint.at(new FactId(shard, milliseconds, sequence));
    }
}
