package io.thoughtbus.server.campaign;

import io.thoughtbus.protocol.DeliverySettings;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.history.Journalled;
import java.time.Duration;
import java.util.Set;

/**
 * An interest whose facts are known without the bus.
 *
 * @param threshold far from the score of every text
 * @param except the subject that its filter turns away
 * @param wanted the texts whose score reaches the threshold
 */
record Interesting(String text, double threshold, String except, Set<String> wanted) {
    private static final DeliverySettings DELIVERY =
            DeliverySettings.USUAL.withLease(Duration.ofSeconds(3)).withMaxAttempts(100);

    SubscriptionDraft draft() {
        return SubscriptionDraft.of("agent", text)
                .withThreshold(threshold)
                .withFilter("subject != '" + except + "'")
                .withDelivery(DELIVERY);
    }

    boolean wants(Journalled fact) {
        return wanted.contains(fact.text()) && !except.equals(fact.subject());
    }
}
