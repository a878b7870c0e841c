package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as its subscriber declares it.
 *
 * @param subscriber who is woken
 * @param interest what for
 * @param threshold the lowest score that wakes, -1 to 1; absent lets the bus choose
 * @param aim what the bus chooses the threshold for; absent means for precision and recall alike, with at most one
 *     neutral fact in 200 waking; not allowed with a threshold
 * @param filter an exact condition in CEL over {@code attributes}, {@code subject}, {@code publisher} and
 *     {@code occurredAt}, at most 4,096 characters
 * @param guard whether facts that only deny, suppose or remember the matter, or are about somebody else, are stopped;
 *     absent means so if the bus chooses the threshold, since who gives one decides by the score alone
 * @param secondStage which facts the second stage is asked about; absent means none
 * @param from where in the past to start; absent means with the next fact
 * @param tests sentences that the interest must tell apart; a declaration that fails them is refused unless forced
 * @param learning whether it goes on learning from verdicts; absent means that it is told what they suggest
 * @param delivery how wakes are handed over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubscriptionDraft(
        String subscriber,
        Interest interest,
        @Nullable Double threshold,
        @Nullable Aim aim,
        @Nullable String filter,
        @Nullable Boolean guard,
        @Nullable SecondStage secondStage,
        @Nullable JournalPoint from,
        @Nullable SubscriptionTests tests,
        @Nullable Learning learning,
        DeliverySettings delivery) {

    public SubscriptionDraft {
        Fields.id("subscriber", subscriber);
        Fields.required("interest", interest);
        if (threshold != null) {
            Fields.within("threshold", threshold, -1, 1);
        }
        if (threshold != null && aim != null) {
            throw new InvalidFieldException(
                    "aim", "must not be given with a threshold, which leaves nothing to choose");
        }
        if (filter != null) {
            Fields.text("filter", filter, Limits.FILTER);
        }
        Fields.required("delivery", delivery);
    }

    @JsonCreator
    static SubscriptionDraft of(
            String subscriber,
            Interest interest,
            @Nullable Double threshold,
            @Nullable Aim aim,
            @Nullable String filter,
            @Nullable Boolean guard,
            @Nullable SecondStage secondStage,
            @Nullable JournalPoint from,
            @Nullable SubscriptionTests tests,
            @Nullable Learning learning,
            @Nullable DeliverySettings delivery) {
        return new SubscriptionDraft(
                subscriber,
                interest,
                threshold,
                aim,
                filter,
                guard,
                secondStage,
                from,
                tests,
                learning,
                delivery == null ? DeliverySettings.USUAL : delivery);
    }

    /** A subscription of this subscriber to what this text says. */
    public static SubscriptionDraft of(String subscriber, String interest) {
        return of(subscriber, Interest.in(interest), null, null, null, null, null, null, null, null, null);
    }

    /** The same subscription for another interest. */
    public SubscriptionDraft withInterest(Interest interest) {
        return new SubscriptionDraft(
                subscriber, interest, threshold, aim, filter, guard, secondStage, from, tests, learning, delivery);
    }

    /** The same subscription with this threshold. */
    public SubscriptionDraft withThreshold(double threshold) {
        return new SubscriptionDraft(
                subscriber, interest, threshold, aim, filter, guard, secondStage, from, tests, learning, delivery);
    }

    /** The same subscription with a threshold chosen for this. */
    public SubscriptionDraft withAim(Aim aim) {
        return new SubscriptionDraft(
                subscriber, interest, threshold, aim, filter, guard, secondStage, from, tests, learning, delivery);
    }

    /** The same subscription with this filter. */
    public SubscriptionDraft withFilter(String filter) {
        return new SubscriptionDraft(
                subscriber, interest, threshold, aim, filter, guard, secondStage, from, tests, learning, delivery);
    }

    /** The same subscription with the guard on or off. */
    public SubscriptionDraft withGuard(boolean on) {
        return new SubscriptionDraft(
                subscriber, interest, threshold, aim, filter, on, secondStage, from, tests, learning, delivery);
    }

    /** The same subscription that has the second stage asked about facts in this band around the threshold. */
    public SubscriptionDraft withSecondStage(double band, SecondStage.WhenAway whenAway) {
        SecondStage given = new SecondStage(band, whenAway);
        return new SubscriptionDraft(
                subscriber, interest, threshold, aim, filter, guard, given, from, tests, learning, delivery);
    }

    /** Whether the guard is to stop facts. */
    public boolean asksForGuard() {
        return guard == null ? threshold == null : guard;
    }

    /** The same subscription with these tests. */
    public SubscriptionDraft withTests(List<String> shouldWake, List<String> shouldNotWake) {
        SubscriptionTests given = new SubscriptionTests(shouldWake, shouldNotWake);
        return new SubscriptionDraft(
                subscriber, interest, threshold, aim, filter, guard, secondStage, from, given, learning, delivery);
    }

    /** The same subscription, learning from now on as told here. */
    public SubscriptionDraft withLearning(Learning learning) {
        return new SubscriptionDraft(
                subscriber, interest, threshold, aim, filter, guard, secondStage, from, tests, learning, delivery);
    }

    /** Whether it becomes a new version by itself when there is something to learn. */
    public boolean learnsByItself() {
        return learning == Learning.AUTOMATIC;
    }

    /** Whether its interest may be another than that of its text. */
    public boolean mayLearn() {
        return interest.teaches() || learnsByItself();
    }

    /** The same subscription, starting in the past. */
    public SubscriptionDraft startingAt(JournalPoint from) {
        return new SubscriptionDraft(
                subscriber, interest, threshold, aim, filter, guard, secondStage, from, tests, learning, delivery);
    }

    /** The same subscription with these delivery settings. */
    public SubscriptionDraft withDelivery(DeliverySettings delivery) {
        return new SubscriptionDraft(
                subscriber, interest, threshold, aim, filter, guard, secondStage, from, tests, learning, delivery);
    }
}
