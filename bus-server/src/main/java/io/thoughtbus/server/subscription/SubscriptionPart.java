package io.thoughtbus.server.subscription;

import java.util.Optional;

/** Something that belongs to a subscription and begins and ends with it. */
public interface SubscriptionPart {
    /** Makes the part ready for a version, before the version comes into force; repeatable. */
    default void prepare(String namespace, StoredSubscription version) {}

    /**
     * Starts what delivers the past to a version that asked for it, up to its activation; repeatable.
     *
     * @return the id of what was started, if something was
     */
    default Optional<String> backfill(String namespace, StoredSubscription version) {
        return Optional.empty();
    }

    /** Removes the part with everything in it; repeatable. */
    default void remove(String namespace, String subscription) {}
}
