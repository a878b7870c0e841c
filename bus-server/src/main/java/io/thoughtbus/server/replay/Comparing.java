package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.matching.MatchSet;

/** Decides facts of the past again, and says how that compares with what was recorded. */
interface Comparing {
    /** Makes ready for the facts between two positions, both included, which come after all before. */
    default void moveTo(FactId first, FactId last) {}

    /**
     * Decides one fact.
     *
     * @param recorded of it, for all subscriptions; empty if nothing was
     */
    void compare(StoredFact fact, MatchSet recorded, Findings findings);
}
