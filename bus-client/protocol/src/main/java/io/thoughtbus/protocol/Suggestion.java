package io.thoughtbus.protocol;

import java.util.List;

/**
 * What a subscription might be changed to, by what its subscriber judged. Nothing is changed until the draft is declared.
 *
 * @param draft the subscription, starting with the next fact, with facts judged relevant among its examples, and irrelevant ones among its
 *     counterexamples, the newest of them and at most 200 of each;
 *     a threshold that was given for a text alone is left to the bus, since it means something else once learned
 * @param relevant how many facts judged relevant it took up
 * @param irrelevant how many judged irrelevant
 * @param contradictions texts judged otherwise than the declaration says, or both ways, which it left as they are
 * @param preview what the draft would do
 */
public record Suggestion(
        SubscriptionDraft draft, int relevant, int irrelevant, List<String> contradictions, Preview preview) {
    public Suggestion {
        contradictions = List.copyOf(contradictions);
    }
}
