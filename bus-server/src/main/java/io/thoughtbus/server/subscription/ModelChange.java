package io.thoughtbus.server.subscription;

import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.journal.RedisModels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Embeds all interests again if the model is another than before, ahead of the first match: scores of different models
 * cannot be compared. Versions and their activation stay as they are; the former model's index stays beside the new one.
 */
@Component
final class ModelChange implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(ModelChange.class);
    private static final int BEFORE_ALL_LOOPS = DEFAULT_PHASE - 10_000;
    private static final int PAGE = 500;

    private final RedisModels models;
    private final Namespaces namespaces;
    private final SubscriptionRegistry registry;
    private final InterestRenewal renewal;
    private volatile boolean running;

    ModelChange(RedisModels models, Namespaces namespaces, SubscriptionRegistry registry, InterestRenewal renewal) {
        this.models = models;
        this.namespaces = namespaces;
        this.registry = registry;
        this.renewal = renewal;
    }

    @Override
    public void start() {
        if (models.count() > 1) {
            namespaces.all().forEach(this::embedAgain);
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_ALL_LOOPS;
    }

    private void embedAgain(String namespace) {
        int page = 0;
        int changed = 0;
        SubscriptionRegistry.Listed found;
        do {
            found = registry.list(namespace, null, page++, PAGE);
            for (StoredSubscription subscription : found.subscriptions()) {
                if (!renewal.isPresent(subscription)) {
                    namespaces.open(namespace);
                    renewal.renew(namespace, subscription);
                    changed++;
                }
            }
            if (changed > 0) {
                log.info("The model has changed: {} interests of {} embedded again", changed, namespace);
            }
        } while (!found.isLast());
    }
}
