package io.thoughtbus.protocol;

import java.util.List;

/**
 * Some of many.
 *
 * @param count how many there are
 * @param first the first of them, in the order of the journal and then of the subscriptions' ids; 1,000 at most
 */
public record Differences(long count, List<Difference> first) {
    public Differences {
        first = List.copyOf(first);
    }
}
