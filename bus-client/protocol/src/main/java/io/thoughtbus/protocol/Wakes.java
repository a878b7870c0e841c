package io.thoughtbus.protocol;

import java.util.List;

/**
 * Wakes taken together.
 *
 * @param wakes the longest due first; empty if none came in time
 */
public record Wakes(List<Wake> wakes) {
    public Wakes {
        wakes = List.copyOf(wakes);
    }
}
