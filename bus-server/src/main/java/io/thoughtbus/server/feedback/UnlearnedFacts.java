package io.thoughtbus.server.feedback;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Taught;
import io.thoughtbus.server.erasure.ErasurePart;
import io.thoughtbus.server.loop.Round;
import io.thoughtbus.server.subscription.RedisLearners;
import io.thoughtbus.server.subscription.StoredSubscription;
import io.thoughtbus.server.subscription.SubscriptionRegistry;
import io.thoughtbus.server.subscription.Subscriptions;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Has subscriptions that learn by themselves forget what erased facts taught them, also if their own tests fail then. */
@Component
final class UnlearnedFacts implements ErasurePart {
    private static final int MOST_ATTEMPTS = 5;

    private final RedisLearners learners;
    private final SubscriptionRegistry registry;
    private final Subscriptions subscriptions;

    UnlearnedFacts(RedisLearners learners, SubscriptionRegistry registry, Subscriptions subscriptions) {
        this.learners = learners;
        this.registry = registry;
        this.subscriptions = subscriptions;
    }

    @Override
    public void erase(String namespace, List<FactId> facts) {
        Round.of(learners.taughtBy(namespace, facts), id -> {
            unlearn(namespace, id, facts);
            learners.forgotten(namespace, id, facts);
        });
    }

    /** Has one subscription forget what it was taught by some facts. */
    void unlearn(String namespace, String id, List<FactId> facts) {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<StoredSubscription> knowing = knowing(namespace, id, facts);
            if (knowing.isEmpty()) {
                return;
            }
            Taught left = knowing.get().taught().without(facts);
            subscriptions.relearn(namespace, knowing.get(), left, true);
        }
        throw new ProblemException(
                ProblemType.SUBSCRIPTION_BUSY,
                "the subscription " + id + " is being changed; what it was taught waits");
    }

    private Optional<StoredSubscription> knowing(String namespace, String id, List<FactId> facts) {
        return registry.find(namespace, id)
                .filter(stored -> stored.taught().allFacts().stream().anyMatch(facts::contains));
    }
}
