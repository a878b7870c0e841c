package io.thoughtbus.server.delivery;

import io.thoughtbus.server.subscription.RedisActivations;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** Looks over the inboxes of a namespace. */
@Component
final class Inboxes {
    private static final int TOGETHER = 1_000;

    private final RedisClient redis;
    private final RedisActivations activations;

    Inboxes(RedisClient redis, RedisActivations activations) {
        this.redis = redis;
        this.activations = activations;
    }

    /** The subscriptions that are owed wakes. */
    List<SubscriptionRef> withWakes(String namespace) {
        List<String> all = activations.subscriptions(namespace);
        List<SubscriptionRef> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += TOGETHER) {
            List<SubscriptionRef> some = all.subList(from, Math.min(all.size(), from + TOGETHER)).stream()
                    .map(id -> new SubscriptionRef(namespace, id))
                    .toList();
            List<Response<Long>> sizes = new ArrayList<>();
            try (Pipeline pipeline = redis.pipelined()) {
                some.forEach(subscription -> sizes.add(pipeline.zcard(new InboxKeys(subscription).inbox())));
            }
            for (int i = 0; i < some.size(); i++) {
                if (sizes.get(i).get() > 0) {
                    found.add(some.get(i));
                }
            }
        }
        return found;
    }
}
