package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.SubscriptionState;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.Shards;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Compares what is in force in a namespace with the interests that are searchable, their hashes, and the index. What is
 * being changed meanwhile may look wrong; what is wrong never looks right, but for vectors that are of the right length.
 */
@Component
final class IndexComparison {
    private static final int PAGE = 500;

    private final SubscriptionRegistry registry;
    private final RedisActivations activations;
    private final Interests interests;
    private final RedisInterestIndex index;
    private final Shards shards;

    IndexComparison(
            SubscriptionRegistry registry,
            RedisActivations activations,
            Interests interests,
            RedisInterestIndex index,
            Shards shards) {
        this.registry = registry;
        this.activations = activations;
        this.interests = interests;
        this.index = index;
        this.shards = shards;
    }

    Disagreement of(String namespace) {
        Suspects suspects = new Suspects(namespace);
        Map<String, Long> inForce = activations.inForce(namespace, 0);
        Set<String> members = index.members(namespace);
        Map<InterestRef, Long> entries = members.stream()
                .flatMap(member -> InterestRef.ofDocument(member).stream())
                .collect(Collectors.groupingBy(ref -> ref, Collectors.counting()));
        Set<InterestRef> searchable = entries.keySet();
        inForce.forEach((subscription, revision) -> {
            InterestRef ref = new InterestRef(subscription, revision);
            if (!searchable.contains(ref)) {
                suspects.add(ref);
            }
        });
        interests.damaged(namespace, entries).forEach(suspects::add);
        searchable.stream()
                .filter(ref -> !Long.valueOf(ref.revision()).equals(inForce.get(ref.subscription())))
                .forEach(suspects::addUnlessNamed);
        compareWithRegistry(namespace, suspects);
        return new Disagreement(suspects.bySubscription, foreign(namespace, members, suspects));
    }

    /** Looks at the registry as a whole only if the numbers differ: subscriptions that were never lost are many. */
    private void compareWithRegistry(String namespace, Suspects suspects) {
        registry.open();
        long active = registry.countActive(namespace);
        if (activations.counts(namespace).stream().allMatch(count -> count == active)) {
            return;
        }
        Map<String, Integer> chains = new HashMap<>();
        shards.all()
                .mapToObj(shard -> activations.inForce(namespace, shard).keySet())
                .forEach(ids -> ids.forEach(id -> chains.merge(id, 1, Integer::sum)));
        Set<String> listed = active(namespace);
        listed.stream()
                .filter(id -> chains.getOrDefault(id, 0) < shards.count())
                .forEach(suspects::add);
        chains.keySet().stream()
                .filter(id -> !listed.contains(id))
                .filter(id -> registry.find(namespace, id).isEmpty())
                .forEach(suspects::add);
    }

    private Set<String> active(String namespace) {
        Set<String> active = new HashSet<>();
        int page = 0;
        SubscriptionRegistry.Listed listed;
        do {
            listed = registry.list(namespace, null, page++, PAGE);
            listed.subscriptions().stream()
                    .filter(subscription -> subscription.state() == SubscriptionState.ACTIVE)
                    .map(StoredSubscription::id)
                    .forEach(active::add);
        } while (!listed.isLast());
        return active;
    }

    /** What the index holds or lacks is looked at one by one only if their number is wrong. */
    private Set<String> foreign(String namespace, Set<String> members, Suspects suspects) {
        Set<String> foreign = new HashSet<>();
        if (index.isWhole(namespace) || !index.isScanned(namespace)) {
            return foreign;
        }
        Set<String> documents = index.documents(namespace);
        for (String document : documents) {
            Optional<InterestRef> ref = InterestRef.ofDocument(document);
            if (ref.isEmpty()) {
                foreign.add(document);
            } else if (!members.contains(document)) {
                suspects.add(ref.get());
            }
        }
        members.stream()
                .filter(member -> !documents.contains(member))
                .flatMap(member -> InterestRef.ofDocument(member).stream())
                .forEach(suspects::add);
        return foreign;
    }

    /** What may be wrong, by subscription. */
    private final class Suspects {
        private final Map<String, Set<InterestRef>> bySubscription = new HashMap<>();
        private final String namespace;

        Suspects(String namespace) {
            this.namespace = namespace;
        }

        void add(String subscription) {
            bySubscription.computeIfAbsent(subscription, id -> new HashSet<>());
        }

        void add(InterestRef ref) {
            bySubscription
                    .computeIfAbsent(ref.subscription(), id -> new HashSet<>())
                    .add(ref);
        }

        /** A version on its way in or out is one that the registry names. */
        void addUnlessNamed(InterestRef ref) {
            if (registry.find(namespace, ref.subscription())
                    .filter(subscription -> subscription.names(ref.revision()))
                    .isEmpty()) {
                add(ref);
            }
        }
    }
}
