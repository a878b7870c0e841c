package io.thoughtbus.server.subscription;

import io.thoughtbus.server.interest.InterestRef;
import java.util.Map;
import java.util.Set;

/**
 * What is wrong with the index of a namespace, or may be.
 *
 * @param suspects by subscription, the interests that are missing, damaged or unknown; none where the subscription itself
 *     is not in force as it should be
 * @param foreign the names of what the index holds and what can be no interest
 */
record Disagreement(Map<String, Set<InterestRef>> suspects, Set<String> foreign) {
    boolean isNone() {
        return suspects.isEmpty() && foreign.isEmpty();
    }
}
