package io.thoughtbus.server.replay;

import org.springframework.stereotype.Component;

/** The bells of this server: one for replays of subscriptions, one for those of namespaces. */
@Component
final class ReplayBells {
    private final ReplayBell subscriptions = new ReplayBell();
    private final ReplayBell namespaces = new ReplayBell();

    ReplayBell subscriptions() {
        return subscriptions;
    }

    ReplayBell namespaces() {
        return namespaces;
    }
}
