package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestCompiler;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.RedisModels;
import io.thoughtbus.server.outlook.Outlooks;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes the interest of a version anew: for the model that made it, the same bytes; for another, learned again. */
@Component
final class InterestRenewal {
    private static final Logger log = LoggerFactory.getLogger(InterestRenewal.class);
    private static final int MOST_TOLD = 5;

    private final InterestCompiler compiler;
    private final Interests interests;
    private final SubscriptionRegistry registry;
    private final Outlooks outlooks;
    private final String model;

    InterestRenewal(
            InterestCompiler compiler,
            Interests interests,
            SubscriptionRegistry registry,
            Outlooks outlooks,
            RedisModels models) {
        this.compiler = compiler;
        this.interests = interests;
        this.registry = registry;
        this.outlooks = outlooks;
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
        compiler.keep(namespace, current.id(), current.whole());
        if (!current.equals(subscription)) {
            registry.save(namespace, current);
        }
    }

    private StoredSubscription current(String namespace, StoredSubscription subscription) {
        SubscriptionDraft draft = subscription.whole();
        boolean isWhole = subscription.learned() != null || !draft.mayLearn();
        if (isPresent(subscription) && isWhole) {
            return subscription;
        }
        CompiledInterest compiled = compiler.compile(namespace, subscription.id(), draft);
        return subscription.embeddedBy(model, compiled, notes(namespace, subscription, compiled));
    }

    /** What the subscriber was told, with the tests that fail now. */
    private List<String> notes(String namespace, StoredSubscription subscription, CompiledInterest compiled) {
        List<String> failing = outlooks.failures(subscription.draft(), compiled).stream()
                .map(failure -> "with another model, test failed: " + failure)
                .toList();
        if (!failing.isEmpty()) {
            log.warn(
                    "{}/{} fails {} of its own tests with the present model, the first being {}. It is in force all the"
                            + " same: give examples or another threshold, and declare it again",
                    namespace,
                    subscription.id(),
                    failing.size(),
                    failing.get(0));
        }
        return Stream.concat(subscription.notes().stream(), failing.stream().limit(MOST_TOLD))
                .toList();
    }

    private CompiledInterest again(StoredSubscription subscription) {
        return compiler.again(
                        subscription.interest(),
                        subscription.version(),
                        subscription.whole(),
                        subscription.learned(),
                        subscription.threshold(),
                        subscription.parts(),
                        subscription.guard())
                .doubtingAs(subscription.draft());
    }
}
