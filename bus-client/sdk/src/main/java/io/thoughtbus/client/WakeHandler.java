package io.thoughtbus.client;

import io.thoughtbus.protocol.Wake;

/**
 * What a subscriber does when it is woken. Called by several threads at once if the subscriber's concurrency allows,
 * and again for the same wake if a verdict was lost: {@link Wake#id} tells. What it publishes because of the wake should
 * say so with {@link io.thoughtbus.protocol.FactDraft#causedBy(Wake)}, so that agents who wake each other come to an end.
 */
@FunctionalInterface
public interface WakeHandler {
    /**
     * Deals with a wake, which stays in hand for as long as this takes.
     *
     * @return what became of it
     * @throws Exception to have the wake come back after the subscription's backoff
     */
    Verdict handle(Wake wake) throws Exception;
}
