package io.thoughtbus.server.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.thoughtbus.server.journal.JournalledFact;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** What operators see of the dispatch. */
@Component
final class DispatchMeters {
    private final Counter facts;
    private final Counter failures;
    private final Timer batch;
    private final Timer lag;

    DispatchMeters(MeterRegistry meters) {
        this.facts = Counter.builder("thoughtbus.dispatch.facts")
                .description("facts taken from the journal to the inboxes")
                .register(meters);
        this.failures = Counter.builder("thoughtbus.dispatch.failures")
                .description("batches that failed and were dispatched again")
                .register(meters);
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
        dispatched.forEach(
                fact -> lag.record(Math.max(0, nowMillis - fact.id().milliseconds()), TimeUnit.MILLISECONDS));
    }

    void failed() {
        failures.increment();
    }
}
