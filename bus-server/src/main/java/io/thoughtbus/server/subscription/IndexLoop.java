package io.thoughtbus.server.subscription;

import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.loop.Loop;
import io.thoughtbus.server.loop.Round;
import io.thoughtbus.server.redis.RedisLease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Has the indexes of all namespaces looked at once a minute, by one server at a time, and single ones when asked to. */
final class IndexLoop implements Loop {
    static final Duration EVERY = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final RedisLease lease;
    private final Namespaces namespaces;
    private final IndexWatch watch;
    private final IndexCheck check;
    private final Clock clock;
    private Instant nextRound = Instant.EPOCH;

    IndexLoop(RedisLease lease, Namespaces namespaces, IndexWatch watch, IndexCheck check, Clock clock) {
        this.lease = lease;
        this.namespaces = namespaces;
        this.watch = watch;
        this.check = check;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "index";
    }

    @Override
    public Duration rest() {
        return Duration.ZERO;
    }

    @Override
    public int doWork() throws InterruptedException {
        watch.next(PATIENCE).ifPresent(check::run);
        if (!clock.instant().isBefore(nextRound)) {
            nextRound = clock.instant().plus(EVERY);
            if (lease.hold()) {
                Round.of(namespaces.all(), check::run);
            }
        }
        return 1;
    }
}
