package io.thoughtbus.server.subscription;

import com.redis.om.spring.indexing.RediSearchIndexer;
import io.thoughtbus.protocol.SubscriptionState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The subscriptions that have been declared and not deleted. */
@Component
public final class SubscriptionRegistry {
    private static final Logger log = LoggerFactory.getLogger(SubscriptionRegistry.class);

    private final SubscriptionRepository repository;
    private final RediSearchIndexer indexer;
    private final JsonMapper json;

    SubscriptionRegistry(SubscriptionRepository repository, RediSearchIndexer indexer, JsonMapper json) {
        this.repository = repository;
        this.indexer = indexer;
        this.json = json;
        indexer.createIndexFor(SubscriptionDocument.class);
    }

    /** Makes the registry's own index again, should it be gone. */
    void open() {
        if (!indexer.indexExistsFor(SubscriptionDocument.class)) {
            log.warn("The index of all subscriptions is not there and is built again");
            indexer.createIndexFor(SubscriptionDocument.class);
        }
    }

    /** A subscription, if it is there. */
    public Optional<StoredSubscription> find(String namespace, String id) {
        return repository.findById(SubscriptionDocument.id(namespace, id)).map(this::read);
    }

    /** Some subscriptions in the order of their ids. */
    Listed list(String namespace, @Nullable String subscriber, int page, int size) {
        Pageable window = PageRequest.of(page, size, Sort.by("name"));
        Page<SubscriptionDocument> found = subscriber == null
                ? repository.findByNamespace(namespace, window)
                : repository.findByNamespaceAndSubscriber(namespace, SubscriptionDocument.indexed(subscriber), window);
        return new Listed(found.stream().map(this::read).toList(), !found.hasNext());
    }

    /** How many subscriptions of a namespace are active. */
    long countActive(String namespace) {
        return repository
                .findByNamespaceAndState(namespace, SubscriptionState.ACTIVE.name(), PageRequest.of(0, 1))
                .getTotalElements();
    }

    /** The ids, {@code namespace/subscription}, of those that were declared and did not become active. */
    List<String> unfinished(int most) {
        return repository.findByState(SubscriptionState.ACTIVATING.name(), PageRequest.of(0, most)).stream()
                .map(SubscriptionDocument::getId)
                .toList();
    }

    void save(String namespace, StoredSubscription subscription) {
        repository.save(new SubscriptionDocument(
                namespace,
                subscription.id(),
                subscription.draft().subscriber(),
                subscription.state().name(),
                json.writeValueAsString(subscription)));
    }

    void delete(String namespace, String id) {
        repository.deleteById(SubscriptionDocument.id(namespace, id));
    }

    private StoredSubscription read(SubscriptionDocument document) {
        return json.readValue(document.getBody(), StoredSubscription.class);
    }

    /**
     * Some subscriptions.
     *
     * @param isLast whether none come after them
     */
    record Listed(List<StoredSubscription> subscriptions, boolean isLast) {}
}
