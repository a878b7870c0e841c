package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.SubscriptionState;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestCompiler;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Declares, changes and deletes subscriptions, one caller at a time for each. */
@Component
public final class Subscriptions {
    private final Namespaces namespaces;
    private final SubscriptionRegistry registry;
    private final SubscriptionLock lock;
    private final InterestCompiler compiler;
    private final InterestRenewal renewal;
    private final Versions versions;

    Subscriptions(
            Namespaces namespaces,
            SubscriptionRegistry registry,
            SubscriptionLock lock,
            InterestCompiler compiler,
            InterestRenewal renewal,
            Versions versions) {
        this.namespaces = namespaces;
        this.registry = registry;
        this.lock = lock;
        this.compiler = compiler;
        this.renewal = renewal;
        this.versions = versions;
    }

    /**
     * Declares a subscription or changes it; the same declaration again changes nothing.
     *
     * @return the subscription in force: every fact accepted from now on is decided by it
     */
    public Declared put(String namespace, String id, SubscriptionDraft draft) {
        return inForce(namespace, id, draft).orElseGet(() -> change(namespace, id, draft));
    }

    private Declared change(String namespace, String id, SubscriptionDraft draft) {
        CompiledInterest compiled =
                compiler.compile(namespace, id, draft.interest(), draft.threshold(), draft.filter());
        namespaces.open(namespace);
        return lock.whileHeld(
                namespace,
                id,
                () -> inForce(namespace, id, draft).orElseGet(() -> {
                    Optional<StoredSubscription> before = registry.find(namespace, id);
                    StoredSubscription next = versions.declare(namespace, id, draft, before, compiled);
                    registry.save(namespace, next);
                    return new Declared(activate(namespace, next, compiled), before.isEmpty());
                }));
    }

    private Optional<Declared> inForce(String namespace, String id, SubscriptionDraft draft) {
        return registry.find(namespace, id)
                .filter(current -> versions.isInForce(current, draft))
                .map(current -> new Declared(current, false));
    }

    /** Finishes a declaration that was stored and did not become active, if it still has not. */
    void finish(String namespace, String id) {
        lock.whileHeld(
                namespace,
                id,
                () -> registry.find(namespace, id)
                        .filter(subscription -> subscription.state() == SubscriptionState.ACTIVATING)
                        .map(subscription ->
                                activate(namespace, subscription, renewal.compile(namespace, subscription))));
    }

    /** Deletes a subscription with everything that belongs to it; whether there was one. */
    public boolean delete(String namespace, String id) {
        return lock.whileHeld(namespace, id, () -> {
            Optional<StoredSubscription> found = registry.find(namespace, id);
            found.ifPresent(subscription -> {
                compiler.forget(namespace, id);
                versions.remove(namespace, subscription);
                registry.delete(namespace, id);
            });
            return found.isPresent();
        });
    }

    /** A subscription that must be there. */
    public StoredSubscription require(String namespace, String id) {
        return registry.find(namespace, id).orElseThrow(() -> notFound(id));
    }

    /** The refusal for a subscription that is not there. */
    public static ProblemException notFound(String id) {
        return new ProblemException(ProblemType.SUBSCRIPTION_NOT_FOUND, "there is no subscription " + id);
    }

    private StoredSubscription activate(String namespace, StoredSubscription declared, CompiledInterest compiled) {
        StoredSubscription active = versions.activate(namespace, declared, compiled);
        compiler.keep(namespace, declared.id(), declared.draft().interest());
        registry.save(namespace, active);
        return active;
    }

    /**
     * What became of a declaration.
     *
     * @param subscription in force
     * @param isNew whether there was none of that id before
     */
    public record Declared(StoredSubscription subscription, boolean isNew) {}
}
