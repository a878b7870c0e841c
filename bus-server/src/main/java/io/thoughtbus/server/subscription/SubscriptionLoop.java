package io.thoughtbus.server.subscription;

import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.loop.Loop;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes what changes of subscriptions leave behind: superseded versions that have decided their last fact, and
 * declarations whose server died before they became active.
 */
final class SubscriptionLoop implements Loop {
    private static final Logger log = LoggerFactory.getLogger(SubscriptionLoop.class);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final int MOST_UNFINISHED = 100;

    private final SubscriptionRegistry registry;
    private final Subscriptions subscriptions;
    private final RedisRetiring retiring;
    private final RedisActivations activations;
    private final Interests interests;

    SubscriptionLoop(
            SubscriptionRegistry registry,
            Subscriptions subscriptions,
            RedisRetiring retiring,
            RedisActivations activations,
            Interests interests) {
        this.registry = registry;
        this.subscriptions = subscriptions;
        this.retiring = retiring;
        this.activations = activations;
        this.interests = interests;
    }

    @Override
    public String name() {
        return "subscriptions";
    }

    @Override
    public Duration rest() {
        return REST;
    }

    @Override
    public int doWork() {
        retiring.all().forEach(this::retire);
        List<String> unfinished = registry.unfinished(MOST_UNFINISHED);
        for (String id : unfinished) {
            log.info("Finishing the declaration of {}", id);
            int slash = id.indexOf('/');
            subscriptions.finish(id.substring(0, slash), id.substring(slash + 1));
        }
        return 0;
    }

    private void retire(RedisRetiring.Retiring superseded) {
        if (activations.prune(superseded.namespace(), superseded.next())) {
            interests.retire(superseded.namespace(), superseded.old());
            retiring.remove(superseded.namespace(), superseded.old());
        }
    }
}
