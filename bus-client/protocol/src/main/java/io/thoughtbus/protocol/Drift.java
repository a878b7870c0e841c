package io.thoughtbus.protocol;

import java.util.List;

/**
 * How a subscription does with the facts that come now.
 *
 * @param judged how many of its last thousand judgements are kept
 * @param irrelevant how many of them say that it woke for nothing
 * @param forecast what it does with the namespace's newest facts
 * @param histogram how they lie to its threshold, from the lowest margin up
 * @param nearest the nearest other subscriptions, the nearest first
 * @param notes what its subscriber should look at
 */
public record Drift(
        String subscription,
        int version,
        int judged,
        int irrelevant,
        Forecast forecast,
        List<Preview.Bin> histogram,
        List<Neighbour> nearest,
        List<String> notes) {
    public Drift {
        histogram = List.copyOf(histogram);
        nearest = List.copyOf(nearest);
        notes = List.copyOf(notes);
    }
}
