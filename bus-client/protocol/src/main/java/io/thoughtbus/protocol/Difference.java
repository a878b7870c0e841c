package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * A fact and a subscription, with what the dispatcher recorded of them and what a replay made of them. A line of the
 * result of a replay as it was holds only what the replay made of them.
 *
 * @param change of a replay as it would be: whether the wake would be added, lost or kept
 * @param recorded absent if nothing was recorded: the fact did not pass the subscription's threshold and filter
 * @param replayed absent if it does not pass them in the replay
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"change", "fact", "subscription", "recorded", "replayed"})
public record Difference(
        @Nullable Change change,
        FactId fact,
        String subscription,
        @Nullable Decided recorded,
        @Nullable Decided replayed) {

    /** What a replay as it would be does to a wake. */
    public enum Change {
        /** It would be, and was not. */
        @JsonProperty("added")
        ADDED,
        /** It was, and would not have been. */
        @JsonProperty("lost")
        LOST,
        /** It was, and would have been. */
        @JsonProperty("kept")
        KEPT
    }
}
