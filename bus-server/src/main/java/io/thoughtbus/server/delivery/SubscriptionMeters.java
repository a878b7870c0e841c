package io.thoughtbus.server.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.search.Search;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.subscription.SubscriptionPart;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * What operators see of single subscriptions: how often each is woken, by what margin, and what its subscriber says of
 * it. A thousand of a server have meters of their own; all others share one.
 */
@Component
final class SubscriptionMeters implements SubscriptionPart {
    private static final int MOST = 1_000;
    private static final Tags OTHERS = Tags.of("namespace", "others", "subscription", "others");

    private final MeterRegistry meters;
    private final Map<SubscriptionRef, DistributionSummary> margins = new ConcurrentHashMap<>();

    SubscriptionMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void woken(String namespace, List<MatchSet> sets) {
        for (MatchSet set : sets) {
            for (Match match : set.matches()) {
                margins(new SubscriptionRef(namespace, match.interest().subscription()))
                        .record(match.margin());
            }
        }
    }

    void judged(SubscriptionRef ref, boolean relevant) {
        Counter.builder("thoughtbus.subscription.judged")
                .description("wakes that a subscriber called relevant or not")
                .tags((isNamed(ref) ? tags(ref) : OTHERS).and("relevant", Boolean.toString(relevant)))
                .register(meters)
                .increment();
    }

    /** Its meters go with a subscription, and make room for another's. */
    @Override
    public void remove(String namespace, String subscription) {
        SubscriptionRef ref = new SubscriptionRef(namespace, subscription);
        if (margins.remove(ref) != null) {
            Tags tags = tags(ref);
            Search.in(meters).tags(tags).meters().forEach(meters::remove);
        }
    }

    private boolean isNamed(SubscriptionRef ref) {
        margins(ref);
        return margins.containsKey(ref);
    }

    private DistributionSummary margins(SubscriptionRef ref) {
        DistributionSummary known = margins.get(ref);
        if (known != null) {
            return known;
        }
        return margins.size() < MOST ? margins.computeIfAbsent(ref, named -> summary(tags(named))) : summary(OTHERS);
    }

    private DistributionSummary summary(Tags tags) {
        return DistributionSummary.builder("thoughtbus.subscription.margin")
                .description("margins of the facts that woke a subscription")
                .serviceLevelObjectives(0.01, 0.03, 0.1, 0.3)
                .tags(tags)
                .register(meters);
    }

    private static Tags tags(SubscriptionRef ref) {
        return Tags.of("namespace", ref.namespace(), "subscription", ref.id());
    }
}
