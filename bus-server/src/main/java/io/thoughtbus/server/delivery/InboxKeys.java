package io.thoughtbus.server.delivery;

import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The keys of one subscription's inbox, as the functions inside Redis want them. */
record InboxKeys(SubscriptionRef subscription) {

    String inbox() {
        return key("inbox");
    }

    String meta() {
        return key("meta");
    }

    String attempts() {
        return key("attempts");
    }

    String dead() {
        return key("dead");
    }

    String epitaphs() {
        return key("epitaphs");
    }

    String judgements() {
        return key("judgements");
    }

    String questions() {
        return key("questions");
    }

    /** What comes before the name of a stream in the key of what it holds. */
    String heldPrefix() {
        return key("held:");
    }

    List<String> all() {
        return List.of(inbox(), meta(), attempts(), dead(), epitaphs());
    }

    List<String> allAnd(String... further) {
        List<String> keys = new ArrayList<>(all());
        Collections.addAll(keys, further);
        return keys;
    }

    private String key(String name) {
        return RedisKeys.subscription(subscription.namespace(), subscription.id(), name);
    }
}
