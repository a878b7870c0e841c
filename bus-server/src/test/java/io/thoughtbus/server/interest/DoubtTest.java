package io.thoughtbus.server.interest;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Interest;
import io.thoughtbus.protocol.SecondStage.WhenAway;
import io.thoughtbus.protocol.SubscriptionDraft;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DoubtTest {
    private static final SubscriptionDraft DECLARED = SubscriptionDraft.of("agent", "unused")
            .withInterest(new Interest(null, List.of("a parcel is late"), List.of()))
            .withSecondStage(0.1, WhenAway.WAIT);

    @Test
    void theSecondStageIsNotAskedAboutWhatVerdictsTaught() {
        CompiledInterest taught =
                InterestsInHand.interest("late", 1, Embedding.normalized(new float[] {1, 0}), 0.5, null);

        Doubt doubt = Objects.requireNonNull(taught.doubtingAs(DECLARED).doubt());

        assertThat(doubt.texts()).containsExactly("a parcel is late");
        assertThat(doubt.band()).isEqualTo(0.1);
        assertThat(doubt.whenAway()).isEqualTo(WhenAway.WAIT);
    }
}
