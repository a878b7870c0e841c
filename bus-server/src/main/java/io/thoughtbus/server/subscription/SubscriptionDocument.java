package io.thoughtbus.server.subscription;

import com.redis.om.spring.annotations.Document;
import com.redis.om.spring.annotations.Indexed;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.data.annotation.Id;

/** A subscription in Redis OM: what it is found by, and the rest as JSON. */
@Document(value = RedisKeys.SUBSCRIPTIONS, indexName = "tb:{registry}:subscriptions")
public class SubscriptionDocument {
    private static final Pattern CAPITAL_OR_UNDERSCORE = Pattern.compile("[A-Z_]");

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
        this.subscriber = indexed(subscriber);
        this.state = state;
        this.body = body;
    }

    static String id(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** A subscriber's name as it is indexed: the index does not tell capitals from small letters. */
    static String indexed(String subscriber) {
        return CAPITAL_OR_UNDERSCORE.matcher(subscriber).replaceAll("_$0").toLowerCase(Locale.ROOT);
    }

    /** Unique among all namespaces. */
    public String getId() {
        return id;
    }

    /** Where it belongs. */
    public String getNamespace() {
        return namespace;
    }

    /** Who is woken, as it is indexed. */
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
