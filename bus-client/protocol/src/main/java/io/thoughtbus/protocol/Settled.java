package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a wake by a verdict.
 *
 * @param wake the wake's id
 * @param dueAt when a deferred wake is due again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Settled(
        String wake, Outcome outcome, @Nullable Instant dueAt) {

    /** The states a verdict can lead to. */
    public enum Outcome {
        /** Never delivered again. */
        @JsonProperty("done")
        DONE,
        /** Due again at a known time. */
        @JsonProperty("later")
        LATER,
        /** Given up: refused, or deferred with no attempt left. */
        @JsonProperty("dead")
        DEAD
    }
}
