package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestCompiler;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.RedisModels;
import org.springframework.stereotype.Component;

/** Makes the interest of a version anew: for the model that made it, the same bytes; for another, learned again. */
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

    /** The interest of a version, for the present model. */
    CompiledInterest compile(String namespace, StoredSubscription subscription) {
        return again(current(namespace, subscription));
    }

    /** Makes the interest searchable under its revision, and notes which model made it. */
    void renew(String namespace, StoredSubscription subscription) {
        StoredSubscription current = current(namespace, subscription);
        interests.add(namespace, again(current));
        compiler.keep(namespace, current.id(), current.draft().interest());
        if (!current.equals(subscription)) {
            registry.save(namespace, current);
        }
    }

    private StoredSubscription current(String namespace, StoredSubscription subscription) {
        SubscriptionDraft draft = subscription.draft();
        boolean isWhole = subscription.learned() != null || !draft.interest().teaches();
        return isPresent(subscription) && isWhole
                ? subscription
                : subscription.embeddedBy(model, compiler.compile(namespace, subscription.id(), draft));
    }

    private CompiledInterest again(StoredSubscription subscription) {
        return compiler.again(
                subscription.interest(),
                subscription.version(),
                subscription.draft().interest(),
                subscription.learned(),
                subscription.threshold(),
                subscription.draft().filter(),
                subscription.guard());
    }
}
