package io.thoughtbus.server.audit;

import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.subscription.RedisActivations;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;

/** Finds the trails of subscriptions in which something waits for the ledger, those of deleted ones too. */
@Component
class Trails {
    private static final int TOGETHER = 1_000;

    private final RedisClient redis;
    private final RedisActivations activations;

    Trails(RedisClient redis, RedisActivations activations) {
        this.redis = redis;
        this.activations = activations;
    }

    /** The subscriptions whose trails are not empty. */
    List<String> filled(String namespace) {
        Set<String> all = new LinkedHashSet<>(redis.smembers(LedgerKeys.left(namespace)));
        all.addAll(activations.subscriptions(namespace));
        List<String> candidates = List.copyOf(all);
        List<String> filled = new ArrayList<>();
        for (int from = 0; from < candidates.size(); from += TOGETHER) {
            List<String> some = candidates.subList(from, Math.min(candidates.size(), from + TOGETHER));
            List<Response<Boolean>> answers = new ArrayList<>();
            try (Pipeline pipeline = redis.pipelined()) {
                some.forEach(id -> answers.add(pipeline.exists(LedgerKeys.trail(namespace, id))));
            }
            for (int i = 0; i < some.size(); i++) {
                if (answers.get(i).get()) {
                    filled.add(some.get(i));
                }
            }
        }
        return filled;
    }

    /** A subscription is about to be deleted: what its trail holds is still to be taken. */
    void remember(String namespace, String subscription) {
        redis.sadd(LedgerKeys.left(namespace), subscription);
    }

    /** Forgets deleted subscriptions whose trails have been emptied: without an inbox nothing is noted any more. */
    void forgetEmpty(String namespace) {
        for (String subscription : redis.smembers(LedgerKeys.left(namespace))) {
            boolean hasInbox = redis.exists(RedisKeys.subscription(namespace, subscription, "meta"));
            if (!hasInbox && !redis.exists(LedgerKeys.trail(namespace, subscription))) {
                redis.srem(LedgerKeys.left(namespace), subscription);
                redis.hdel(new LedgerKeys(namespace).head(), LedgerWriter.trail(subscription));
                redis.hdel(RedisKeys.namespace(namespace, "noted"), SubscriptionActs.DECLARED + "/" + subscription);
            }
        }
    }
}
