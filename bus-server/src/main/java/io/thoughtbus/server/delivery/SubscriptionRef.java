package io.thoughtbus.server.delivery;

/** Names one subscription among all namespaces. */
public record SubscriptionRef(String namespace, String id) {
    /** The name in its written form. */
    public static SubscriptionRef parse(String value) {
        int slash = value.indexOf('/');
        return new SubscriptionRef(value.substring(0, slash), value.substring(slash + 1));
    }

    @Override
    public String toString() {
        return namespace + "/" + id;
    }
}
