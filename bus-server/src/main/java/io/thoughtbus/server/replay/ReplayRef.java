package io.thoughtbus.server.replay;

import io.thoughtbus.server.delivery.SubscriptionRef;

/** Names one replay of one subscription. */
record ReplayRef(SubscriptionRef subscription, String id) {
    static ReplayRef parse(String value) {
        String[] parts = value.split("/", -1);
        return new ReplayRef(new SubscriptionRef(parts[0], parts[1]), parts[2]);
    }

    @Override
    public String toString() {
        return subscription + "/" + id;
    }
}
