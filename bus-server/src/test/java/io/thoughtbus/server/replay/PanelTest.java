package io.thoughtbus.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.subscription.ShardHistory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PanelTest {
    private static final Embedding DIRECTION = Embedding.normalized(new float[] {1, 0});
    private static final InterestRef GONE = new InterestRef("late", 1);
    private static final InterestRef KEPT = new InterestRef("late", 2);

    private final Panel panel = new Panel(
            List.of(List.of(span(GONE, 0, 9), span(KEPT, 9, 100))),
            refs -> Map.of(KEPT, new CompiledInterest("late", 2, 2, DIRECTION, 0.5, null, Set.of())),
            2);

    @Test
    void aVersionThatIsNoLongerStoredIsMissedOnlyForFactsThatItDecided() {
        panel.moveTo(at(1), at(50));

        assertThat(panel.missingFor(at(9))).contains(GONE);
        assertThat(panel.missingFor(at(10))).isEmpty();
        assertThat(panel.reached(at(10), DIRECTION))
                .extracting(standing -> standing.interest().revision())
                .containsExactly(2L);
    }

    @Test
    void aVersionThatIsNoLongerStoredIsForgottenBehindItsLastFact() {
        panel.moveTo(at(1), at(50));
        panel.moveTo(at(10), at(60));

        assertThat(panel.missingFor(at(9))).isEmpty();
    }

    private static ShardHistory.Span span(InterestRef version, int after, int until) {
        return new ShardHistory.Span(version, at(after), at(until), at(until));
    }

    private static FactId at(int milliseconds) {
        return new FactId(0, milliseconds, 0);
    }
}
