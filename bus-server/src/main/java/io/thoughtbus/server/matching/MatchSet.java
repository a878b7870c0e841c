package io.thoughtbus.server.matching;

import io.thoughtbus.protocol.FactId;
import java.util.List;

/**
 * All subscriptions that a fact concerns.
 *
 * @param matches in the order of the subscriptions' ids
 */
public record MatchSet(FactId fact, List<Match> matches) {
    public MatchSet {
        matches = List.copyOf(matches);
    }
}
