package io.thoughtbus.server.feedback;

import io.thoughtbus.protocol.Interest;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.Suggestion;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.outlook.Outlooks;
import io.thoughtbus.server.subscription.StoredSubscription;
import io.thoughtbus.server.subscription.Subscriptions;
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
    private final JudgedFacts judgedFacts;
    private final Outlooks outlooks;

    Suggestions(Subscriptions subscriptions, JudgedFacts judgedFacts, Outlooks outlooks) {
        this.subscriptions = subscriptions;
        this.judgedFacts = judgedFacts;
        this.outlooks = outlooks;
    }

    Suggestion suggest(SubscriptionRef subscription) {
        StoredSubscription stored = subscriptions.require(subscription.namespace(), subscription.id());
        Interest interest = stored.whole().interest();
        JudgedFacts.Texts texts = judgedFacts.of(subscription);
        Set<String> contradictions = new HashSet<>(texts.contradictions());
        Map<String, Boolean> judged = new LinkedHashMap<>(texts.relevant());
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
                before.secondStage(),
                null,
                before.tests(),
                before.learning(),
                before.delivery());
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
