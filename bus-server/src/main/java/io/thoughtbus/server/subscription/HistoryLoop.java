package io.thoughtbus.server.subscription;

import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.loop.Loop;
import io.thoughtbus.server.loop.Round;
import io.thoughtbus.server.redis.RedisLease;
import java.time.Duration;

/** Forgets, every ten minutes and on one server at a time, versions that no fact needs any more. */
final class HistoryLoop implements Loop {
    static final Duration EVERY = Duration.ofMinutes(10);

    private final RedisLease lease;
    private final Namespaces namespaces;
    private final PastVersions past;

    HistoryLoop(RedisLease lease, Namespaces namespaces, PastVersions past) {
        this.lease = lease;
        this.namespaces = namespaces;
        this.past = past;
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public Duration rest() {
        return EVERY;
    }

    @Override
    public int doWork() {
        if (lease.hold()) {
            Round.of(namespaces.all(), past::forget);
        }
        return 0;
    }
}
