package io.thoughtbus.server.audit;

import io.thoughtbus.server.redis.LedgerSwitchProperties;
import io.thoughtbus.server.subscription.StoredSubscription;
import io.thoughtbus.server.subscription.SubscriptionPart;
import io.thoughtbus.server.trail.Trail;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Notes for the ledger which versions of subscriptions come into force, and which subscriptions are deleted. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SubscriptionActs implements SubscriptionPart {
    static final String DECLARED = "subscription";

    private final Trail trail;
    private final Trails trails;
    private final boolean enabled;

    SubscriptionActs(Trail trail, Trails trails, LedgerSwitchProperties properties) {
        this.trail = trail;
        this.trails = trails;
        this.enabled = properties.enabled();
    }

    @Override
    public void prepare(String namespace, StoredSubscription version) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", version.version());
        body.put("revision", version.revision());
        body.put("threshold", version.threshold());
        body.put("model", version.model());
        body.put("declared", version.draft());
        if (!version.taught().teachesNothing()) {
            body.put("taughtBy", version.taught().allFacts());
        }
        trail.noteOnce(namespace, DECLARED, version.id(), Long.toString(version.revision()), body);
    }

    /** Before anything is removed, so that the trail is looked at whatever happens then. */
    @Override
    public void remove(String namespace, String subscription) {
        if (enabled) {
            trails.remember(namespace, subscription);
        }
        trail.note(namespace, "subscription-deleted", subscription, Map.of());
    }
}
