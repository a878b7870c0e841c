package io.thoughtbus.server.feedback;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Taught;
import io.thoughtbus.server.delivery.Judgements;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.journal.RedisJournal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The texts of facts that subscribers judged, as far as the journal holds them. */
@Component
final class JudgedFacts {
    private final Judgements judgements;
    private final RedisJournal journal;

    JudgedFacts(Judgements judgements, RedisJournal journal) {
        this.judgements = judgements;
        this.journal = journal;
    }

    Texts of(SubscriptionRef subscription) {
        Map<FactId, Boolean> relevant = judgements.newest(subscription);
        Map<String, Boolean> texts = new LinkedHashMap<>();
        Map<String, List<FactId>> sources = new HashMap<>();
        Set<String> contradictions = new HashSet<>();
        for (Fact fact : journal.statements(subscription.namespace(), List.copyOf(relevant.keySet()))) {
            String text = fact.text();
            boolean says = relevant.getOrDefault(fact.id(), false);
            if (texts.getOrDefault(text, says) != says) {
                contradictions.add(text);
            }
            texts.putIfAbsent(text, says);
            sources.computeIfAbsent(text, none -> new ArrayList<>()).add(fact.id());
        }
        texts.keySet().removeAll(contradictions);
        return new Texts(texts, sources, contradictions);
    }

    /**
     * What was judged.
     *
     * @param relevant whether each text was called relevant, the newest first
     * @param facts those that said each text
     * @param contradictions those that were called both
     */
    record Texts(Map<String, Boolean> relevant, Map<String, List<FactId>> facts, Set<String> contradictions) {
        List<Taught.Lesson> called(boolean says) {
            return relevant.entrySet().stream()
                    .filter(text -> text.getValue() == says)
                    .map(text -> new Taught.Lesson(text.getKey(), says, facts.getOrDefault(text.getKey(), List.of())))
                    .toList();
        }
    }
}
