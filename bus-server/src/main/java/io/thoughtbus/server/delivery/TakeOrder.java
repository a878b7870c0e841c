package io.thoughtbus.server.delivery;

/**
 * A taker's readiness.
 *
 * @param most how many wakes; for a stream those in hand count
 * @param stream the name of the stream that takes; empty for a single take
 */
record TakeOrder(SubscriptionRef subscription, int most, String stream) {}
