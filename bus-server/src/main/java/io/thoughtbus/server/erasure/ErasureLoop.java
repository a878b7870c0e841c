package io.thoughtbus.server.erasure;

import io.thoughtbus.server.loop.Loop;
import io.thoughtbus.server.loop.Round;
import io.thoughtbus.server.redis.RedisLease;
import java.time.Duration;
import java.util.List;

/** Carries out what requests have left, because it was much, had to wait, or its server died; on one server at a time. */
final class ErasureLoop implements Loop {
    static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration REST = Duration.ofMillis(500);

    private final RedisLease lease;
    private final RedisErasures erasures;
    private final ErasureRun run;
    private final Rewriting rewriting;
    private volatile boolean stopping;

    ErasureLoop(RedisLease lease, RedisErasures erasures, ErasureRun run, Rewriting rewriting) {
        this.lease = lease;
        this.erasures = erasures;
        this.run = run;
        this.rewriting = rewriting;
    }

    @Override
    public String name() {
        return "erasure";
    }

    @Override
    public Duration rest() {
        return REST;
    }

    @Override
    public void stop() {
        stopping = true;
    }

    @Override
    public int doWork() {
        rewriting.beginIfAsked();
        List<ErasureRef> running = erasures.running();
        if (!running.isEmpty() && lease.hold()) {
            Round.of(running, this::carryOut);
        }
        return 0;
    }

    private void carryOut(ErasureRef ref) {
        boolean more = true;
        while (more && !stopping && lease.hold()) {
            more = run.step(ref);
        }
    }
}
