package io.thoughtbus.server.timeline;

import io.thoughtbus.protocol.ExplainRequest;
import io.thoughtbus.protocol.Explanation;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.TimelineEntry;
import io.thoughtbus.protocol.TimelineEntry.What;
import io.thoughtbus.server.explain.Explainer;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds the subscriptions that a fact does not wake, and nearly does. */
@Component
final class NearMatches {
    private static final double NEAR = -0.1;

    private final Explainer explainer;

    NearMatches(Explainer explainer) {
        this.explainer = explainer;
    }

    List<TimelineEntry> of(String namespace, FactId fact) {
        return explainer.explain(namespace, new ExplainRequest(null, fact, null)).explanations().stream()
                .filter(explanation -> !explanation.wakes() && explanation.margin() >= NEAR)
                .filter(explanation -> !Boolean.TRUE.equals(explanation.woke()) && !isStopped(explanation))
                .map(explanation -> new TimelineEntry(
                        fact.acceptedAt(), What.NEARLY_MATCHED, fact, explanation.subscription(), explanation.reason()))
                .toList();
    }

    /** What the guard stops is in the record. */
    private static boolean isStopped(Explanation explanation) {
        return explanation.guard() != null
                && explanation.guard().stream().anyMatch(guard -> guard.stops())
                && explanation.margin() >= 0
                && !Boolean.FALSE.equals(explanation.filterPasses());
    }
}
