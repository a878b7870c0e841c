package io.thoughtbus.server.history;

import io.thoughtbus.protocol.Settled;
import io.thoughtbus.protocol.WakeVerdict;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A verdict under way, to be told its outcome once. */
public final class Judging {
    private final HistoryClock clock;
    private final WakeVerdict.Kind verdict;
    private final long invokedAt;
    private final AtomicReference<@Nullable GivenVerdict> completed = new AtomicReference<>();

    Judging(HistoryClock clock, WakeVerdict.Kind verdict) {
        this.clock = clock;
        this.verdict = verdict;
        this.invokedAt = clock.now();
    }

    /** The bus has carried it out. */
    public void accepted(Settled.Outcome outcome) {
        complete(
                switch (outcome) {
                    case DONE -> GivenVerdict.Outcome.DONE;
                    case LATER -> GivenVerdict.Outcome.LATER;
                    case DEAD -> GivenVerdict.Outcome.DEAD;
                },
                "");
    }

    /** The bus has said no, and why. */
    public void refused(String why) {
        complete(GivenVerdict.Outcome.REFUSED, why);
    }

    /** The bus may have carried it out or not. */
    public void unknown(Throwable cause) {
        complete(GivenVerdict.Outcome.UNKNOWN, cause.toString());
    }

    GivenVerdict toVerdict() {
        GivenVerdict known = completed.get();
        return known == null
                ? new GivenVerdict(verdict, invokedAt, Seconds.NEVER, GivenVerdict.Outcome.UNKNOWN, "still under way")
                : known;
    }

    private void complete(GivenVerdict.Outcome outcome, String detail) {
        if (!completed.compareAndSet(null, new GivenVerdict(verdict, invokedAt, clock.now(), outcome, detail))) {
            throw new IllegalStateException("the outcome has been told before: " + toVerdict());
        }
    }
}
