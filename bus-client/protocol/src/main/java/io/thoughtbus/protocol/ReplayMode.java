package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a replay of a namespace compares with what was recorded. */
public enum ReplayMode {
    /** What the versions, thresholds and model in force at each fact decide. */
    @JsonProperty("as-it-was")
    AS_IT_WAS,
    /** What another version or another declaration of one subscription would have decided. */
    @JsonProperty("as-it-would-be")
    AS_IT_WOULD_BE
}
