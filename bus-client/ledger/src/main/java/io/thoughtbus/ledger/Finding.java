package io.thoughtbus.ledger;

/**
 * The first thing that is wrong with an export.
 *
 * @param kind what was done
 * @param leaf to which leaf
 * @param line on which line of the export, from 1
 * @param message both in words
 */
public record Finding(Kind kind, long leaf, long line, String message) {

    /** What may have been done to an export. */
    public enum Kind {
        /** A record, or what stands with it, is not what it was. */
        ALTERED,
        /** A record is not there. */
        MISSING,
        /** A record is there that the ledger does not have in this place. */
        INSERTED,
        /** Records stand in another order. */
        REORDERED,
        /** The end is not there. */
        TRUNCATED,
        /** What should prove the records does not lead to the root of the checkpoint. */
        UNPROVEN
    }

    @Override
    public String toString() {
        return "line " + line + ": " + message;
    }
}
