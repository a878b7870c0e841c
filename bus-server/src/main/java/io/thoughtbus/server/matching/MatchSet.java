package io.thoughtbus.server.matching;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Qualifier;
import java.util.List;

/**
 * All subscriptions that a fact concerns, those for which the guard stopped it, and those that ask the second stage.
 *
 * @param matches in the order of the subscriptions' ids
 * @param stopped in the same order
 * @param inDoubt in the same order: whether they wake is decided later
 * @param told whom the fact does not concern, but what it takes back did; as that was decided
 */
public record MatchSet(FactId fact, List<Match> matches, List<Stop> stopped, List<Match> inDoubt, List<Match> told) {
    public MatchSet {
        told = List.copyOf(told);
        matches = List.copyOf(matches);
        stopped = List.copyOf(stopped);
        inDoubt = List.copyOf(inDoubt);
    }

    /** A set without doubt, of a fact that takes no other back. */
    public MatchSet(FactId fact, List<Match> matches, List<Stop> stopped) {
        this(fact, matches, stopped, List.of());
    }

    /** Those of a fact that takes no other back. */
    public MatchSet(FactId fact, List<Match> matches, List<Stop> stopped, List<Match> inDoubt) {
        this(fact, matches, stopped, inDoubt, List.of());
    }

    /** The same, and who is told that what the fact takes back no longer holds. */
    public MatchSet telling(List<Match> others) {
        return new MatchSet(fact, matches, stopped, inDoubt, others);
    }

    /** Whether there is nothing to be recorded. */
    public boolean isEmpty() {
        return matches.isEmpty() && stopped.isEmpty() && inDoubt.isEmpty() && told.isEmpty();
    }

    /** What would have woken, or been asked about, had the fact not been qualified in this way. */
    public record Stop(Match match, Qualifier by) {}
}
