package io.thoughtbus.server.matching;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Qualifier;
import java.util.List;

/**
 * All subscriptions that a fact concerns, and those for which the guard stopped it.
 *
 * @param matches in the order of the subscriptions' ids
 * @param stopped in the same order
 */
public record MatchSet(FactId fact, List<Match> matches, List<Stop> stopped) {
    public MatchSet {
        matches = List.copyOf(matches);
        stopped = List.copyOf(stopped);
    }

    /** Whether there is nothing to be recorded. */
    public boolean isEmpty() {
        return matches.isEmpty() && stopped.isEmpty();
    }

    /** What would have woken, had the fact not been qualified in this way. */
    public record Stop(Match match, Qualifier by) {}
}
