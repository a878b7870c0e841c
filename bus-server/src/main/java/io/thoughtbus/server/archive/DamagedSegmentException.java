package io.thoughtbus.server.archive;

import io.thoughtbus.server.journal.LostEntriesException;

/** Thrown if a segment cannot be read as it was written. */
final class DamagedSegmentException extends LostEntriesException {
    private static final long serialVersionUID = 1L;

    private final String damage;

    DamagedSegmentException(String namespace, SegmentName name, String damage) {
        super("the archive's segment " + namespace + "/" + name + " is damaged: " + damage);
        this.damage = damage;
    }

    /** What is wrong with it. */
    String damage() {
        return damage;
    }
}
