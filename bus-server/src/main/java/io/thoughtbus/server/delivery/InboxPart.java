package io.thoughtbus.server.delivery;

import io.thoughtbus.server.subscription.StoredSubscription;
import io.thoughtbus.server.subscription.SubscriptionPart;
import org.springframework.stereotype.Component;

/** Every subscription has an inbox. */
@Component
final class InboxPart implements SubscriptionPart {
    private final RedisInbox inbox;
    private final WaitingRoom room;

    InboxPart(RedisInbox inbox, WaitingRoom room) {
        this.inbox = inbox;
        this.room = room;
    }

    @Override
    public void prepare(String namespace, StoredSubscription version) {
        inbox.open(
                new SubscriptionRef(namespace, version.id()),
                version.revision(),
                version.draft().delivery());
    }

    @Override
    public void remove(String namespace, String subscription) {
        SubscriptionRef ref = new SubscriptionRef(namespace, subscription);
        inbox.remove(ref);
        room.dismiss(ref);
    }
}
