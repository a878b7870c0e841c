package io.thoughtbus.server.delivery;

import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.loop.Loop;
import io.thoughtbus.server.loop.Round;
import io.thoughtbus.server.redis.RedisLease;
import java.time.Duration;

/** Ends the wakes of expired facts that nobody comes for, once a minute, on one server at a time. */
final class ExpiryLoop implements Loop {
    static final Duration EVERY = Duration.ofMinutes(1);

    private final RedisLease lease;
    private final Namespaces namespaces;
    private final Inboxes inboxes;
    private final ExpiredWakes expired;

    ExpiryLoop(RedisLease lease, Namespaces namespaces, Inboxes inboxes, ExpiredWakes expired) {
        this.lease = lease;
        this.namespaces = namespaces;
        this.inboxes = inboxes;
        this.expired = expired;
    }

    @Override
    public String name() {
        return "expiry";
    }

    @Override
    public Duration rest() {
        return EVERY;
    }

    @Override
    public int doWork() {
        if (lease.hold()) {
            Round.of(namespaces.all(), namespace -> Round.of(inboxes.withWakes(namespace), expired::bury));
        }
        return 0;
    }
}
