package io.thoughtbus.server.subscription;

import com.redis.om.spring.repository.RedisDocumentRepository;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;

/** The registry's documents, by Redis OM. */
public interface SubscriptionRepository extends RedisDocumentRepository<SubscriptionDocument, String> {
    /** A namespace's subscriptions. */
    Page<SubscriptionDocument> findByNamespace(String namespace, Pageable page);

    /** One subscriber's subscriptions in a namespace. */
    Page<SubscriptionDocument> findByNamespaceAndSubscriber(String namespace, String subscriber, Pageable page);

    /** A namespace's subscriptions in a state. */
    Page<SubscriptionDocument> findByNamespaceAndState(String namespace, String state, Pageable page);

    /** All subscriptions in a state. */
    Page<SubscriptionDocument> findByState(String state, Pageable page);
}
