package io.thoughtbus.server.archive;

import io.thoughtbus.server.audit.LedgerLeaves;
import io.thoughtbus.server.audit.LedgerLeaves.Signed;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.loop.Loop;
import io.thoughtbus.server.loop.Round;
import io.thoughtbus.server.redis.RedisLease;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Archives the journals of all namespaces, on one server at a time. */
final class ArchiveLoop implements Loop {
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(ArchiveLoop.class);
    private static final Duration REST = Duration.ofSeconds(1);

    private final RedisLease lease;
    private final Namespaces namespaces;
    private final LedgerLeaves ledger;
    private final Segments segments;
    private final Sealer sealer;
    private final ArchiveStatus status;
    private final Duration interval;
    private final Clock clock;
    private final Map<String, SegmentName> looked = new HashMap<>();
    private volatile boolean stopping;

    ArchiveLoop(
            RedisLease lease,
            Namespaces namespaces,
            LedgerLeaves ledger,
            Segments segments,
            Sealer sealer,
            ArchiveStatus status,
            Duration interval,
            Clock clock) {
        this.lease = lease;
        this.namespaces = namespaces;
        this.ledger = ledger;
        this.segments = segments;
        this.sealer = sealer;
        this.status = status;
        this.interval = interval;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "archive";
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
        if (!lease.hold()) {
            status.idle();
            return 0;
        }
        Round.of(namespaces.all(), this::keep);
        return 0;
    }

    private void keep(String namespace) {
        try {
            while (!stopping && lease.hold() && archive(namespace)) {
                // until nothing is due
            }
            status.kept(namespace);
        } catch (RuntimeException e) {
            if (status.failed(namespace, e)) {
                log.warn(
                        "The journal of {} is not archived, and not trimmed until it is: {}",
                        namespace,
                        e.getMessage());
            }
            throw e;
        }
    }

    /** Archives the next segment, if one is due; whether there may be another one. */
    private boolean archive(String namespace) {
        Optional<Signed> newest = ledger.newest(namespace);
        if (newest.isEmpty()) {
            return false;
        }
        Optional<Segment> last = segments.last(namespace);
        last.ifPresent(segment -> lookAgain(namespace, segment));
        if (!isDue(last, newest.get())) {
            return false;
        }
        return sealer.seal(namespace, newest.get()).isPresent();
    }

    /** What a server that died has sealed may hold facts that were erased meanwhile. */
    private void lookAgain(String namespace, Segment last) {
        if (!last.name().equals(looked.get(namespace))) {
            sealer.forgetErased(namespace, last.name().from());
            looked.put(namespace, last.name());
        }
    }

    private boolean isDue(Optional<Segment> last, Signed newest) {
        if (last.isEmpty()) {
            return newest.size() > 0;
        }
        SegmentIndex index = last.get().index();
        long waiting = newest.size() - index.to();
        return waiting < 0
                || waiting >= Sealer.most()
                || (waiting > 0 && !clock.instant().isBefore(index.sealedAt().plus(interval)));
    }

    @Override
    public void close() {
        try {
            lease.giveUp();
        } catch (RuntimeException e) {
            log.debug("The lease of the archive could not be given up and ends by itself", e);
        }
    }
}
