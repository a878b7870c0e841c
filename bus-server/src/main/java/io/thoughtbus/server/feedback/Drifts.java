package io.thoughtbus.server.feedback;

import io.thoughtbus.protocol.Drift;
import io.thoughtbus.protocol.Forecast;
import io.thoughtbus.protocol.Learning;
import io.thoughtbus.protocol.Neighbour;
import io.thoughtbus.protocol.Preview;
import io.thoughtbus.server.delivery.Judgements;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.outlook.Outlooks;
import io.thoughtbus.server.subscription.StoredSubscription;
import io.thoughtbus.server.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Looks whether subscriptions still do what they were declared for. */
@Component
final class Drifts {
    private static final int FACTS = 1_000;
    private static final int ENOUGH_FACTS = 100;
    private static final int ENOUGH_JUDGEMENTS = 10;
    private static final int FEW_NEW = 5;
    private static final int ENOUGH_NEW = 100;
    private static final double MANY = 0.5;
    private static final double TOO_IRRELEVANT = 0.2;
    private static final double THE_SAME = 0.95;

    private final Subscriptions subscriptions;
    private final Judgements judgements;
    private final Outlooks outlooks;

    Drifts(Subscriptions subscriptions, Judgements judgements, Outlooks outlooks) {
        this.subscriptions = subscriptions;
        this.judgements = judgements;
        this.outlooks = outlooks;
    }

    Drift drift(SubscriptionRef subscription) {
        StoredSubscription stored = subscriptions.require(subscription.namespace(), subscription.id());
        Preview now = outlooks.inForce(subscription.namespace(), stored.interest(), FACTS);
        Map<?, Boolean> judged = judgements.newest(subscription);
        int irrelevant =
                (int) judged.values().stream().filter(relevant -> !relevant).count();
        Forecast forecast = now.outlook().forecast();
        List<Neighbour> nearest = now.outlook().nearest();
        return new Drift(
                subscription.id(),
                stored.version(),
                judged.size(),
                irrelevant,
                forecast,
                now.histogram(),
                nearest,
                notes(stored, subscription, forecast, judged.size(), irrelevant, nearest));
    }

    private List<String> notes(
            StoredSubscription stored,
            SubscriptionRef subscription,
            Forecast forecast,
            int judged,
            int irrelevant,
            List<Neighbour> nearest) {
        List<String> notes = new ArrayList<>();
        boolean isOftenIrrelevant = judged >= ENOUGH_JUDGEMENTS && irrelevant > TOO_IRRELEVANT * judged;
        if (!isOftenIrrelevant && stored.draft().learning() != Learning.OFF) {
            int fresh = judgements.since(subscription, stored.updatedAt(), ENOUGH_NEW);
            if (fresh >= FEW_NEW) {
                notes.add(fresh + (fresh == ENOUGH_NEW ? " verdicts or more" : " verdicts")
                        + " are new since this version: GET …/suggestion tells what they suggest");
            }
        }
        if (forecast.facts() >= ENOUGH_FACTS && forecast.wakes() == 0) {
            notes.add("never fires: none of the newest " + forecast.facts() + " facts wakes it");
        }
        if (forecast.facts() >= ENOUGH_FACTS && forecast.wakes() > MANY * forecast.facts()) {
            notes.add("nearly always fires: " + forecast.wakes() + " of the newest " + forecast.facts()
                    + " facts wake it");
        }
        if (isOftenIrrelevant) {
            notes.add(irrelevant + " of " + judged
                    + " wakes judged were irrelevant: GET …/suggestion tells what might help");
        }
        Optional<Neighbour> twin =
                nearest.stream().filter(other -> other.likeness() >= THE_SAME).findFirst();
        twin.ifPresent(other -> notes.add(String.format(
                Locale.ROOT, "as good as the same as %s (%.2f)", other.subscription(), other.likeness())));
        return notes;
    }
}
