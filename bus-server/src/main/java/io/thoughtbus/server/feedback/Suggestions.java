package io.thoughtbus.server.feedback;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Interest;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.Suggestion;
import io.thoughtbus.server.delivery.Judgements;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.outlook.Outlooks;
import io.thoughtbus.server.subscription.StoredSubscription;
import io.thoughtbus.server.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Makes drafts of what subscribers judged. */
@Component
final class Suggestions {
    private static final int PREVIEW_FACTS = 1_000;

    private final Subscriptions subscriptions;
    private final Judgements judgements;
    private final RedisJournal journal;
    private final Outlooks outlooks;

    Suggestions(Subscriptions subscriptions, Judgements judgements, RedisJournal journal, Outlooks outlooks) {
        this.subscriptions = subscriptions;
        this.judgements = judgements;
        this.journal = journal;
        this.outlooks = outlooks;
    }

    Suggestion suggest(SubscriptionRef subscription) {
        StoredSubscription stored = subscriptions.require(subscription.namespace(), subscription.id());
        Interest interest = stored.draft().interest();
        Set<String> contradictions = new HashSet<>();
        Map<String, Boolean> judged = texts(subscription, contradictions);
        judged.entrySet().removeIf(text -> {
            boolean isDeclared = text.getValue()
                    ? interest.counterexamples().contains(text.getKey())
                    : interest.positives().contains(text.getKey());
            return isDeclared && contradictions.add(text.getKey());
        });
        List<String> relevant = fresh(judged, true, interest.positives(), interest.examples());
        List<String> irrelevant = fresh(judged, false, interest.counterexamples(), interest.counterexamples());
        SubscriptionDraft draft = draft(
                stored.draft(),
                new Interest(
                        interest.text(),
                        Stream.concat(interest.examples().stream(), relevant.stream())
                                .toList(),
                        Stream.concat(interest.counterexamples().stream(), irrelevant.stream())
                                .toList()));
        return new Suggestion(
                draft,
                relevant.size(),
                irrelevant.size(),
                contradictions.stream().sorted().toList(),
                outlooks.preview(
                        subscription.namespace(),
                        subscription.id(),
                        draft,
                        Optional.of(stored.interest()),
                        PREVIEW_FACTS));
    }

    private static SubscriptionDraft draft(SubscriptionDraft before, Interest interest) {
        boolean isOfAnotherScale = interest.teaches() && !before.interest().teaches();
        return new SubscriptionDraft(
                before.subscriber(),
                interest,
                isOfAnotherScale ? null : before.threshold(),
                before.aim(),
                before.filter(),
                before.asksForGuard(),
                null,
                before.tests(),
                before.delivery());
    }

    /** The texts judged, the newest first; those judged both ways are contradictions. */
    private Map<String, Boolean> texts(SubscriptionRef subscription, Set<String> contradictions) {
        Map<FactId, Boolean> relevant = judgements.newest(subscription);
        List<FactId> ids = new ArrayList<>(relevant.keySet());
        List<Optional<JournalledFact>> facts = journal.find(subscription.namespace(), ids);
        Map<String, Boolean> texts = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            if (facts.get(i).isPresent()) {
                String text = facts.get(i).get().fact().text();
                boolean says = relevant.getOrDefault(ids.get(i), false);
                if (texts.getOrDefault(text, says) != says) {
                    contradictions.add(text);
                }
                texts.putIfAbsent(text, says);
            }
        }
        texts.keySet().removeAll(contradictions);
        return texts;
    }

    private static List<String> fresh(
            Map<String, Boolean> judged, boolean relevant, List<String> known, List<String> full) {
        return judged.entrySet().stream()
                .filter(text -> text.getValue() == relevant && !known.contains(text.getKey()))
                .map(Map.Entry::getKey)
                .limit(Math.max(0, Limits.EXAMPLES - full.size()))
                .toList();
    }
}
