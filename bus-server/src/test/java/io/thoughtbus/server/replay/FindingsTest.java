package io.thoughtbus.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.Decided;
import io.thoughtbus.protocol.Difference;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.replay.StoredComparison.Kind;
import io.thoughtbus.server.replay.StoredComparison.Progress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final FactId FACT = new FactId(1, 5, 2);
    private static final Difference LINE =
            new Difference(null, FACT, "late", null, new Decided(3, 2.0E-3, 0.001, null));

    @Test
    void aLineIsWrittenAlikeOnEveryJava() {
        Findings findings = new Findings("");

        findings.line(LINE);

        assertThat(new String(findings.lines(), StandardCharsets.UTF_8))
                .isEqualTo("{\"fact\":\"1-5-2\",\"subscription\":\"late\",\"replayed\":{\"version\":3,"
                        + "\"score\":0.002,\"threshold\":0.001}}\n");
    }

    @Test
    void addsWhatWasFoundToWhatWasFoundBefore() {
        Findings findings = new Findings("");
        findings.line(LINE);
        findings.match();
        findings.unverified();
        findings.tell(Kind.DIFFERENCES, LINE);

        Progress after = findings.after(Progress.NONE, List.of(FACT), 4, 7);
        Progress again = findings.after(after, List.of(FACT), 4, 7);

        assertThat(again.scanned()).isEqualTo(2);
        assertThat(again.matched()).isEqualTo(2);
        assertThat(again.erased()).isEqualTo(8);
        assertThat(again.unverified()).isEqualTo(2);
        assertThat(again.lines()).isEqualTo(2);
        assertThat(again.count(Kind.DIFFERENCES)).isEqualTo(2);
        assertThat(again.ranMillis()).isEqualTo(14);
    }

    @Test
    void beyondAMillionLinesNoFurtherStepIsKept() {
        Progress before = new Progress(FACT, FACT, 9, 9, 0, 0, 999_999, 999_999, Map.of(), "", 0);
        Findings two = new Findings("");
        two.line(LINE);
        two.line(LINE);

        Progress last = two.after(before, List.of(FACT), 0, 0);
        Progress beyond = two.after(last, List.of(FACT), 0, 0);

        assertThat(last.kept()).isEqualTo(last.lines()).isEqualTo(1_000_001);
        assertThat(beyond.kept()).isEqualTo(1_000_001);
        assertThat(beyond.lines()).isEqualTo(1_000_003);
    }
}
