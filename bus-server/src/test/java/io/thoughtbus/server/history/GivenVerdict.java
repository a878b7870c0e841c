package io.thoughtbus.server.history;

import io.thoughtbus.protocol.WakeVerdict;
import java.util.Locale;

/**
 * One request to give a verdict on a delivery, from its subscriber's side.
 *
 * @param invokedAt nanoseconds since the history began
 * @param completedAt when the outcome was known; the largest number if the run ended first
 * @param detail why it was refused, or is unknown
 */
public record GivenVerdict(WakeVerdict.Kind verdict, long invokedAt, long completedAt, Outcome outcome, String detail) {

    /** What the subscriber knows in the end. */
    public enum Outcome {
        /** Accepted, and the wake is finished. */
        DONE,
        /** Accepted, and the wake will be due again. */
        LATER,
        /** Accepted, and the wake is a dead letter. */
        DEAD,
        /** The wake was not in hand: the verdict has no effect. */
        REFUSED,
        /** A broken connection, a time-out, a 503: the verdict may have had its effect or not. */
        UNKNOWN
    }

    /** Whether the wake was certainly finished by it. */
    boolean isDone() {
        return outcome == Outcome.DONE;
    }

    /** Whether the wake was certainly over by it. */
    boolean hasSettled() {
        return outcome == Outcome.DONE || outcome == Outcome.DEAD;
    }

    /** Whether it is not known if the wake is over. */
    boolean mayHaveSettled() {
        return outcome == Outcome.UNKNOWN && verdict != WakeVerdict.Kind.LATER;
    }

    /**
     * Until when the wake was certainly not free for others because of this verdict's delivery. A finished wake is never
     * free again; any other may have been free as soon as the verdict was on its way.
     */
    long heldUntil() {
        return switch (outcome) {
            case DONE -> completedAt;
            case LATER, DEAD, UNKNOWN -> invokedAt;
            case REFUSED -> Seconds.NEVER;
        };
    }

    @Override
    public String toString() {
        String given = verdict.name().toLowerCase(Locale.ROOT) + " given at " + Seconds.of(invokedAt);
        String answer = outcome.name().toLowerCase(Locale.ROOT) + " at " + Seconds.of(completedAt);
        return given + " was answered " + answer + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
