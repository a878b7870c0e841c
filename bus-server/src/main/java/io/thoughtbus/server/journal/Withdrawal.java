package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactId;

/**
 * That a fact no longer holds.
 *
 * @param by the retraction, or the fact that stands in its place
 */
public record Withdrawal(FactId by, How how) {

    /** The ways in which a fact may cease to hold. */
    public enum How {
        /** Somebody said that it does not hold. */
        RETRACTED,
        /** Another fact stands in its place. */
        SUPERSEDED
    }
}
