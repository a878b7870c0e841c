package io.thoughtbus.server.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an inbox gave.
 *
 * @param now when it gave, by the clock of Redis
 * @param leaseUntil until when the wakes are the taker's
 * @param nextDue when the inbox's next wake is due, if it has any
 * @param wakes in the order they are due
 */
record Handover(Instant now, Instant leaseUntil, Optional<Instant> nextDue, List<Given> wakes) {

    /**
     * One wake in hand.
     *
     * @param attempt counts from 1
     * @param serial orders what one stream was given; 0 outside of streams
     */
    record Given(String wake, int attempt, long serial) {}
}
