package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.FactId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a wake of the present.
 *
 * @param when it is due, its lease ends, or it died; absent once it is gone
 * @param attempts how often it has been taken
 * @param reason what the subscriber said last, or why it died; empty if nothing was said
 */
public record WakeState(
        FactId fact,
        String subscription,
        Kind kind,
        @Nullable Instant when,
        int attempts,
        String reason) {

    /** How a wake may stand. */
    public enum Kind {
        /** Not taken yet. */
        OWED,
        /** With a taker. */
        IN_HAND,
        /** Deferred, or its lease is over. */
        RESTING,
        /** Given up. */
        DEAD,
        /** Settled, or no longer remembered. */
        GONE
    }

    /** The same in a few words. */
    public String inWords() {
        String said = reason.isEmpty() ? "" : ": " + reason;
        return switch (kind) {
            case OWED -> "not taken yet, due since " + when;
            case IN_HAND -> "attempt " + attempts + " is in hand until " + when;
            case RESTING -> "attempt " + attempts + " is over, due again at " + when + said;
            case DEAD -> "given up after attempt " + attempts + said;
            case GONE -> "nothing is owed any more";
        };
    }
}
