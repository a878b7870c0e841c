package io.thoughtbus.server.history;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request to publish a fact, from its publisher's side.
 *
 * @param key absent only if no other fact of the run has the same publisher and text
 * @param invokedAt nanoseconds since the history began
 * @param completedAt when the outcome was known; the largest number if the run ended first
 * @param id the fact's id, if it was accepted
 * @param durability the level reached, if it was accepted
 * @param detail why it was refused, or is unknown
 */
public record Publication(
        String publisher,
        @Nullable String key,
        @Nullable String subject,
        String text,
        long invokedAt,
        long completedAt,
        Outcome outcome,
        @Nullable FactId id,
        @Nullable Durability durability,
        String detail) {

    /** What the publisher knows in the end. */
    public enum Outcome {
        /** The bus gave an id. */
        ACCEPTED,
        /** The bus said no: the fact must not be stored by this request. */
        REFUSED,
        /** A broken connection, a time-out, a 503: the fact may be stored or not. */
        UNKNOWN
    }

    public Publication {
        if (outcome == Outcome.ACCEPTED && (id == null || durability == null)) {
            throw new IllegalArgumentException("an accepted fact has an id and a durability: " + text);
        }
        if (completedAt < invokedAt) {
            throw new IllegalArgumentException("completed at " + completedAt + " but invoked at " + invokedAt);
        }
    }

    FactName name() {
        return FactName.of(publisher, key, text);
    }

    Statement statement() {
        return new Statement(name(), subject, text);
    }

    boolean isAccepted() {
        return outcome == Outcome.ACCEPTED;
    }

    boolean isRefused() {
        return outcome == Outcome.REFUSED;
    }

    boolean isUnknown() {
        return outcome == Outcome.UNKNOWN;
    }

    /** Whether it was accepted with at least this durability. */
    boolean isAccepted(Durability level) {
        return durability != null && isAccepted() && durability.compareTo(level) >= 0;
    }

    @Override
    public String toString() {
        return statement() + " (invoked at " + Seconds.of(invokedAt) + ", "
                + outcome.name().toLowerCase(Locale.ROOT)
                + (isAccepted() ? " as " + id + ", " + durability + "," : " (" + detail + ")") + " at "
                + Seconds.of(completedAt) + ")";
    }
}
