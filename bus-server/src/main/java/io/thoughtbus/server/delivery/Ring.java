package io.thoughtbus.server.delivery;

import io.thoughtbus.server.redis.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;

/** Rings at this server's doors and, as a hint that may be lost, at those of the others. */
@Component
final class Ring {
    private static final int MOST_TOGETHER = 500;

    private final RedisClient redis;
    private final Bells bells;
    private final String server = UUID.randomUUID().toString();

    Ring(RedisClient redis, Bells bells) {
        this.redis = redis;
        this.bells = bells;
    }

    /** Something changed in these inboxes. */
    void ring(Collection<SubscriptionRef> subscriptions) {
        bells.ring(subscriptions);
        List<SubscriptionRef> all = List.copyOf(subscriptions);
        for (int from = 0; from < all.size(); from += MOST_TOGETHER) {
            redis.publish(
                    RedisKeys.RING,
                    all.subList(from, Math.min(all.size(), from + MOST_TOGETHER)).stream()
                            .map(SubscriptionRef::toString)
                            .collect(Collectors.joining(" ", server + " ", "")));
        }
    }

    /** Takes what another server has said. */
    void heard(byte[] message) {
        String[] words = new String(message, StandardCharsets.UTF_8).split(" ", -1);
        if (!words[0].equals(server)) {
            for (int i = 1; i < words.length; i++) {
                bells.ring(SubscriptionRef.parse(words[i]));
            }
        }
    }
}
