package io.thoughtbus.server.audit;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.loop.Loop;
import io.thoughtbus.server.loop.Round;
import io.thoughtbus.server.redis.RedisLease;
import io.thoughtbus.server.redis.RedisTime;
import io.thoughtbus.server.web.ProblemException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/** Keeps the ledgers of all namespaces, on one server at a time. */
final class LedgerLoop implements Loop {
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(LedgerLoop.class);
    private static final Duration REST = Duration.ofMillis(500);
    private static final int MOST_STEPS = 8;
    private static final int TRAILS_TOGETHER = 16;
    private static final Duration SWEEP = Duration.ofSeconds(2);
    private static final Duration TRIM = Duration.ofMinutes(1);

    private final RedisLease lease;
    private final Namespaces namespaces;
    private final LedgerWriter writer;
    private final Trails trails;
    private final Checkpoints checkpoints;
    private final RedisLedger ledger;
    private final LedgerStatus status;
    private final Shards shards;
    private final RedisTime time;
    private final LedgerProperties properties;
    private final Due sweep;
    private final Due sign;
    private final Due trim;
    private boolean isBehind;

    LedgerLoop(
            RedisLease lease,
            Namespaces namespaces,
            LedgerWriter writer,
            Trails trails,
            Checkpoints checkpoints,
            RedisLedger ledger,
            LedgerStatus status,
            Shards shards,
            RedisTime time,
            LedgerProperties properties,
            Ticker ticker) {
        this.lease = lease;
        this.namespaces = namespaces;
        this.writer = writer;
        this.trails = trails;
        this.checkpoints = checkpoints;
        this.ledger = ledger;
        this.status = status;
        this.shards = shards;
        this.time = time;
        this.properties = properties;
        this.sweep = new Due(ticker, SWEEP);
        this.sign = new Due(ticker, properties.checkpointInterval());
        this.trim = new Due(ticker, TRIM);
    }

    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public Duration rest() {
        return REST;
    }

    @Override
    public int doWork() {
        if (!lease.hold()) {
            status.idle();
            return 0;
        }
        boolean sweeps = sweep.comes() || isBehind;
        boolean signs = sign.comes();
        boolean trims = trim.comes();
        int[] unfinished = {0};
        Round.of(namespaces.all(), namespace -> {
            if (!lease.hold()) {
                return;
            }
            if (!keep(namespace, sweeps)) {
                unfinished[0]++;
            }
            if (signs) {
                sign(namespace);
            }
            if (trims) {
                long oldest = time.now().minus(properties.retention()).toEpochMilli();
                ledger.trim(namespace, shards.count(), oldest);
            }
        });
        isBehind = unfinished[0] > 0;
        return unfinished[0];
    }

    /** Takes what there is; whether all of it was taken, and not only as much as leaves the others their turn. */
    private boolean keep(String namespace, boolean sweeps) {
        try {
            boolean finished = take(namespace, List.of());
            if (sweeps) {
                List<String> filled = trails.filled(namespace);
                for (int from = 0; from < filled.size(); from += TRAILS_TOGETHER) {
                    List<String> some = filled.subList(from, Math.min(filled.size(), from + TRAILS_TOGETHER));
                    finished = take(namespace, some) && finished;
                }
                trails.forgetEmpty(namespace);
            }
            status.kept(namespace, finished);
            return finished;
        } catch (JedisDataException e) {
            if (RedisLedger.isFenced(e)) {
                return false;
            }
            status.failed(namespace, e);
            throw e;
        } catch (RuntimeException e) {
            status.failed(namespace, e);
            throw e;
        }
    }

    private boolean take(String namespace, List<String> subscriptions) {
        for (int step = 0; step < MOST_STEPS; step++) {
            if (writer.advance(namespace, subscriptions) < LedgerWriter.MOST_FACTS) {
                return true;
            }
        }
        return false;
    }

    private void sign(String namespace) {
        try {
            checkpoints.make(namespace);
            status.signed(namespace);
        } catch (ProblemException e) {
            if (status.unsigned(namespace, e)) {
                log.warn("The ledger of {} is not signed: {}", namespace, e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        try {
            lease.giveUp();
        } catch (RuntimeException e) {
            log.debug("The lease of the ledgers could not be given up and ends by itself", e);
        }
    }

    /** Something that is due now and then. */
    private static final class Due {
        private final Ticker ticker;
        private final long everyNanos;
        private long last;

        Due(Ticker ticker, Duration every) {
            this.ticker = ticker;
            this.everyNanos = every.toNanos();
            this.last = ticker.read() - everyNanos;
        }

        boolean comes() {
            boolean due = ticker.read() - last >= everyNanos;
            if (due) {
                last = ticker.read();
            }
            return due;
        }
    }
}
