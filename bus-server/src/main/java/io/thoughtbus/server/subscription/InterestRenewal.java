package io.thoughtbus.server.subscription;

import io.thoughtbus.server.interest.InterestCompiler;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.RedisModels;
import org.springframework.stereotype.Component;

/** Makes the interest of a version anew from what its subscriber declared: by the same model, the same bytes. */
@Component
final class InterestRenewal {
    private final InterestCompiler compiler;
    private final Interests interests;
    private final SubscriptionRegistry registry;
    private final String model;

    InterestRenewal(InterestCompiler compiler, Interests interests, SubscriptionRegistry registry, RedisModels models) {
        this.compiler = compiler;
        this.interests = interests;
        this.registry = registry;
        this.model = models.currentTag();
    }

    /** Whether the interest was made by the present model. */
    boolean isPresent(StoredSubscription subscription) {
        return subscription.model().equals(model);
    }

    /** Makes the interest searchable under its revision, and notes which model made it. */
    void renew(String namespace, StoredSubscription subscription) {
        interests.add(
                namespace,
                compiler.compile(
                        subscription.id(),
                        subscription.revision(),
                        subscription.version(),
                        subscription.draft().interest(),
                        subscription.threshold(),
                        subscription.draft().filter()));
        if (!isPresent(subscription)) {
            registry.save(namespace, subscription.embeddedBy(model));
        }
    }
}
