package io.thoughtbus.server.history;

import io.thoughtbus.protocol.FactId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a wake, from its subscriber's side, with the verdicts given on it.
 *
 * @param taker who received it: one thread, or one connection
 * @param wake the wake's id
 * @param subject the fact's
 * @param version of the subscription that decided
 * @param receivedAt nanoseconds since the history began
 * @param leaseUntil the end of its lease by the same clock, extensions included
 * @param verdicts in the order they were given, several if the first ones' outcomes were not known
 */
public record Delivery(
        String taker,
        String subscription,
        String wake,
        int attempt,
        FactId fact,
        @Nullable String subject,
        int version,
        boolean replay,
        long receivedAt,
        long leaseUntil,
        List<GivenVerdict> verdicts) {

    public Delivery {
        verdicts = List.copyOf(verdicts);
    }

    WakeName name() {
        return new WakeName(subscription, wake);
    }

    /** The end of the time in which nobody else may have received the wake. */
    long heldUntil(long tolerance) {
        long until = leaseUntil - tolerance;
        for (GivenVerdict verdict : verdicts) {
            until = Math.min(until, verdict.heldUntil());
        }
        return until;
    }

    @Override
    public String toString() {
        return name() + ", attempt " + attempt + " (fact " + fact + (subject == null ? "" : " about " + subject)
                + ", version " + version + (replay ? ", replayed" : "") + ", to " + taker + " at "
                + Seconds.of(receivedAt) + ", lease until " + Seconds.of(leaseUntil) + ", "
                + (verdicts.isEmpty() ? "no verdict" : verdicts) + ")";
    }
}
