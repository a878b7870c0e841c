package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.SubscriptionState;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.interest.RedisInterestIndex;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes the index of a namespace what the registry says. Each subscription is looked at again while nobody can change
 * it, so that what only seemed wrong, or was mended meanwhile, is left alone.
 */
@Component
final class IndexMending {
    private static final Logger log = LoggerFactory.getLogger(IndexMending.class);

    private final SubscriptionRegistry registry;
    private final SubscriptionLock lock;
    private final Versions versions;
    private final RedisActivations activations;
    private final InterestRenewal renewal;
    private final Interests interests;
    private final RedisInterestIndex index;
    private final Clock clock;

    IndexMending(
            SubscriptionRegistry registry,
            SubscriptionLock lock,
            Versions versions,
            RedisActivations activations,
            InterestRenewal renewal,
            Interests interests,
            RedisInterestIndex index,
            Clock clock) {
        this.registry = registry;
        this.lock = lock;
        this.versions = versions;
        this.activations = activations;
        this.renewal = renewal;
        this.interests = interests;
        this.index = index;
        this.clock = clock;
    }

    /**
     * Mends what is wrong. What fails is left for the next time.
     *
     * @param since when the index was last known to be right
     */
    Mended mend(String namespace, Disagreement found, @Nullable Instant since) {
        Work work = new Work(namespace);
        index.open(namespace);
        found.foreign().forEach(work::remove);
        found.suspects().forEach((subscription, suspects) -> {
            try {
                lock.whileHeld(namespace, subscription, () -> work.mend(subscription, suspects));
            } catch (RuntimeException e) {
                log.warn("The interests of {}/{} cannot be mended yet: {}", namespace, subscription, e.toString());
            }
        });
        return new Mended(work.restored, work.activated, work.lost, work.removed, since, clock.instant());
    }

    /** What has been done so far in one namespace. */
    private final class Work {
        private final String namespace;
        private final List<String> restored = new ArrayList<>();
        private final List<String> activated = new ArrayList<>();
        private final List<String> lost = new ArrayList<>();
        private final List<String> removed = new ArrayList<>();

        Work(String namespace) {
            this.namespace = namespace;
        }

        void remove(String document) {
            index.remove(namespace, document);
            removed.add(document);
        }

        boolean mend(String id, Collection<InterestRef> suspects) {
            Optional<StoredSubscription> found = registry.find(namespace, id);
            if (found.isEmpty()) {
                activations.end(namespace, id);
                index.searchable(namespace).stream()
                        .filter(ref -> ref.subscription().equals(id))
                        .forEach(this::drop);
            }
            suspects.forEach(ref -> mend(ref, found.orElse(null)));
            found.filter(subscription -> subscription.state() == SubscriptionState.ACTIVE)
                    .ifPresent(this::activate);
            return true;
        }

        private void activate(StoredSubscription active) {
            mend(active.interest(), active);
            if (versions.restore(namespace, active)) {
                activated.add(active.id());
            }
        }

        private void mend(InterestRef ref, @Nullable StoredSubscription subscription) {
            if (subscription == null || !subscription.names(ref.revision())) {
                drop(ref);
            } else if (!interests.isSound(namespace, ref)) {
                if (subscription.interest().equals(ref)) {
                    renew(ref, subscription);
                } else {
                    restoreSuperseded(ref);
                }
            }
        }

        /** Nobody but a server's memory knows what a version said that still decides facts and is not the last. */
        private void restoreSuperseded(InterestRef ref) {
            if (interests.isRetired(namespace, ref)) {
                index.remove(namespace, ref);
                removed.add(ref.toString());
            } else if (interests.recall(namespace, ref)) {
                restored.add(ref.toString());
            } else {
                index.remove(namespace, ref);
                lost.add(ref.toString());
            }
        }

        /** What is not active yet is made when it becomes active. */
        private void renew(InterestRef ref, StoredSubscription subscription) {
            if (subscription.state() == SubscriptionState.ACTIVE) {
                renewal.renew(namespace, subscription);
                restored.add(ref.toString());
            }
        }

        private void drop(InterestRef ref) {
            if (interests.isThere(namespace, ref)) {
                interests.retire(namespace, ref);
                removed.add(ref.toString());
            }
        }
    }
}
