package io.thoughtbus.server.outlook;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.SubscriptionTests;
import io.thoughtbus.protocol.TestFailure;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.interest.CompiledInterest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Runs the tests that come with a draft. */
@Component
final class DraftTests {
    private final Embedder embedder;
    private final Guard guard;

    DraftTests(Embedder embedder, Guard guard) {
        this.embedder = embedder;
        this.guard = guard;
    }

    List<TestFailure> failures(SubscriptionDraft draft, CompiledInterest compiled) {
        List<TestFailure> failures = new ArrayList<>();
        SubscriptionTests tests = draft.tests();
        if (tests != null) {
            fail(tests.shouldWake(), true, compiled, failures);
            fail(tests.shouldNotWake(), false, compiled, failures);
        }
        return failures;
    }

    private void fail(List<String> texts, boolean shouldWake, CompiledInterest compiled, List<TestFailure> failures) {
        List<Embedding> embeddings = embedder.embedAll(texts);
        for (int i = 0; i < texts.size(); i++) {
            double margin = compiled.reach(embeddings.get(i)).margin();
            Optional<Qualifier> stop = margin < 0
                    ? Optional.empty()
                    : guard.read(texts.get(i), embeddings.get(i)).stop(compiled.minded());
            boolean wakes = margin >= 0 && stop.isEmpty();
            if (wakes != shouldWake) {
                failures.add(new TestFailure(texts.get(i), shouldWake, margin, stop.orElse(null)));
            }
        }
    }
}
