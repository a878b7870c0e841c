package io.thoughtbus.server.subscription;

import com.redis.om.spring.annotations.Document;
import com.redis.om.spring.annotations.Indexed;
import io.thoughtbus.server.redis.RedisKeys;
import org.springframework.data.annotation.Id;

/** A subscription in Redis OM: what it is found by, and the rest as JSON. */
@Document(value = RedisKeys.SUBSCRIPTIONS, indexName = "tb:{registry}:subscriptions")
public class SubscriptionDocument {
    @Id
    private String id = "";

    @Indexed
    private String namespace = "";

    @Indexed
    private String subscriber = "";

    @Indexed
    private String state = "";

    @Indexed(sortable = true, noindex = true)
    private String name = "";

    private String body = "";

    /** For Redis OM. */
    public SubscriptionDocument() {}

    SubscriptionDocument(String namespace, String name, String subscriber, String state, String body) {
        this.id = id(namespace, name);
        this.namespace = namespace;
        this.name = name;
        this.subscriber = subscriber;
        this.state = state;
        this.body = body;
    }

    static String id(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** Unique among all namespaces. */
    public String getId() {
        return id;
    }

    /** Where it belongs. */
    public String getNamespace() {
        return namespace;
    }

    /** Who is woken. */
    public String getSubscriber() {
        return subscriber;
    }

    /** How far it has come. */
    public String getState() {
        return state;
    }

    /** Unique within the namespace. */
    public String getName() {
        return name;
    }

    /** The whole subscription as JSON. */
    public String getBody() {
        return body;
    }
}
