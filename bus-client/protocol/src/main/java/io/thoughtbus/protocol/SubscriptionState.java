package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a subscription has come. */
public enum SubscriptionState {
    /** Stored, and not yet in force on every shard of the journal. */
    @JsonProperty("activating")
    ACTIVATING,
    /** Woken by every matching fact after its activation. */
    @JsonProperty("active")
    ACTIVE
}
