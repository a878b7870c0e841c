package io.thoughtbus.server.delivery;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.matching.MatchSet;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What operators see of the dispatch. */
@Component
final class DispatchMeters {
    private static final Logger log = LoggerFactory.getLogger(DispatchMeters.class);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);
    private static final long NEVER = Long.MIN_VALUE;

    private final SubscriptionMeters subscriptions;
    private final Ticker ticker;
    private final AtomicLong lastWarning = new AtomicLong(NEVER);
    private final Counter facts;
    private final Counter failures;
    private final Map<Qualifier, Counter> stopped = new EnumMap<>(Qualifier.class);
    private final Timer batch;
    private final Timer lag;

    DispatchMeters(MeterRegistry meters, SubscriptionMeters subscriptions, Ticker ticker) {
        this.subscriptions = subscriptions;
        this.ticker = ticker;
        this.facts = Counter.builder("thoughtbus.dispatch.facts")
                .description("facts taken from the journal to the inboxes")
                .register(meters);
        this.failures = Counter.builder("thoughtbus.dispatch.failures")
                .description("batches that failed and were dispatched again")
                .register(meters);
        for (Qualifier qualifier : Qualifier.values()) {
            stopped.put(
                    qualifier,
                    Counter.builder("thoughtbus.dispatch.stopped")
                            .tag("qualifier", qualifier.name().toLowerCase(Locale.ROOT))
                            .description("matches that the guard stopped")
                            .register(meters));
        }
        this.batch = Timer.builder("thoughtbus.dispatch.batch")
                .description("time to dispatch a batch of facts")
                .register(meters);
        this.lag = Timer.builder("thoughtbus.dispatch.lag")
                .description("time from a fact's acceptance to its wakes being owed")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
    }

    void dispatched(List<JournalledFact> dispatched, long nanos, long nowMillis) {
        facts.increment(dispatched.size());
        batch.record(nanos, TimeUnit.NANOSECONDS);
        dispatched.forEach(fact ->
                lag.record(Math.max(0, nowMillis - fact.fact().acceptedAt().toEpochMilli()), TimeUnit.MILLISECONDS));
        Duration ahead =
                Duration.ofMillis(dispatched.get(dispatched.size() - 1).id().milliseconds() - nowMillis);
        if (ahead.compareTo(CLOCK_TOLERANCE) > 0) {
            warn(ahead);
        }
    }

    void decided(String namespace, List<MatchSet> matched) {
        subscriptions.woken(namespace, matched);
        matched.forEach(set -> set.stopped()
                .forEach(stop -> Objects.requireNonNull(stopped.get(stop.by())).increment()));
    }

    private void warn(Duration ahead) {
        long now = ticker.read();
        long last = lastWarning.get();
        if ((last == NEVER || now - last >= BETWEEN_WARNINGS.toNanos()) && lastWarning.compareAndSet(last, now)) {
            log.warn(
                    "The journal is {} ahead of this server's clock: that clock is behind, or Redis' clock is or was ahead."
                            + " Positions go on in order; set the clocks right",
                    ahead);
        }
    }

    void failed() {
        failures.increment();
    }
}
