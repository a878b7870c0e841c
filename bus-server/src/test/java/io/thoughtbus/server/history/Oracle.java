package io.thoughtbus.server.history;

import java.util.function.BiPredicate;

/** Knows without the bus which facts wake which subscriptions. */
@FunctionalInterface
public interface Oracle {

    /** Whether a fact and a version of a subscription that decides it belong together. */
    Due judge(Journalled fact, Standing standing);

    /** An oracle that is always sure. */
    static Oracle of(BiPredicate<Journalled, Standing> matches) {
        return (fact, standing) -> matches.test(fact, standing) ? Due.OWED : Due.NOT_OWED;
    }

    /** What the oracle may say. */
    enum Due {
        /** There must be a wake. */
        OWED,
        /** Too close to call, or not decidable from outside. */
        EITHER,
        /** There must be no wake. */
        NOT_OWED
    }
}
