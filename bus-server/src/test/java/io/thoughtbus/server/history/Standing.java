package io.thoughtbus.server.history;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Subscription;
import java.util.List;

/**
 * A version of a subscription, which decides the facts after its activation up to the next version's.
 *
 * @param activation the last position of each shard that it does not decide; a shard that is absent it decides whole
 */
public record Standing(String subscription, int version, List<FactId> activation) {
    public Standing {
        activation = List.copyOf(activation);
    }

    /** What the bus tells of a subscription. */
    public static Standing of(Subscription subscription) {
        return new Standing(subscription.id(), subscription.version(), subscription.activation());
    }

    /** Whether a fact comes after its activation. */
    public boolean isActiveAt(FactId fact) {
        return activation.stream()
                .allMatch(position -> position.shard() != fact.shard() || fact.compareTo(position) > 0);
    }

    @Override
    public String toString() {
        return subscription + " version " + version + " (active after " + activation + ")";
    }
}
