package io.thoughtbus.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.protocol.Durability;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest {

    @Test
    void aCleanHistoryIsClean() {
        HistoryReport report = Story.clean().check(Durability.ACCEPTED);

        assertThat(report.faults()).isEmpty();
        assertThat(report.tally()).isEqualTo(new Tally(3, 3, 0, 0, 0, 3, 0, 2, 2, 0, 0));
        assertThatCode(report::assertClean).doesNotThrowAnyException();
    }

    @Test
    void nothingIsClean() {
        assertThat(new Story().check().isClean()).isTrue();
    }

    @Test
    void theReportListsEveryKindAndShowsTheFirstOfEachFound() {
        HistoryReport report = Story.clean()
                .accepted("gone-1", "t", "nothing", 100, 105, 102)
                .accepted("gone-2", "t", "nothing", 110, 115, 112)
                .delivered("taker", 99, 1, 100, Story.done(101, 102))
                .check();

        String text = report.toString();

        assertThat(text.lines().map(line -> line.replaceAll(" +", " ")))
                .containsAll(Arrays.stream(FaultKind.values())
                        .map(kind -> kind + " "
                                + switch (kind) {
                                    case LOST_FACT -> 2;
                                    case PHANTOM_WAKE -> 1;
                                    default -> 0;
                                }
                                + " " + kind.meaning())
                        .toList())
                .contains("5 publications: 5 accepted, 0 refused, 0 unknown (0 stored, 0 not stored)");
        assertThat(text).contains("gone-1", "0.100000 s", "0-99-0").doesNotContain("gone-2");
        assertThatThrownBy(report::assertClean)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(text);
    }

    @Test
    void checksTwoHundredThousandFactsAndFourHundredThousandDeliveries() {
        Story story = new Story();
        story.standings.add(new Standing("late", 1, List.of()));
        for (int n = 1; n <= 200_000; n++) {
            long time = n * 10L;
            story.fact("key-" + n, "s", "late " + n, time)
                    .delivered("a", time, 1, time + 3, time + 100)
                    .delivered("b", time, 2, time + 200, Story.done(time + 201, time + 203));
        }
        story.delivered("c", 2_000_000, 3, 2_001_000, Story.refusedDone(2_001_001, 2_001_002));

        HistoryReport report = story.check();

        assertThat(report.faults()).hasSize(1);
        assertThat(report.fault(FaultKind.WOKEN_AFTER_DONE)).map(Fault::count).hasValue(1);
        assertThat(report.tally().deliveries()).isEqualTo(400_001);
    }
}
