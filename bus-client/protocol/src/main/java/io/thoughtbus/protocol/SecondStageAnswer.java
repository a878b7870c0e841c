package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the second stage made of a fact whose margin is too small to decide.
 *
 * @param outcome what decided
 * @param probability that the fact concerns the interest, 0 to 1; absent where the second stage did not answer
 * @param judge the model that answered; absent where none did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SecondStageAnswer(
        Outcome outcome,
        @Nullable Double probability,
        @Nullable String judge) {

    /** The second stage is still to be asked, or asked again. */
    public static final SecondStageAnswer PENDING = new SecondStageAnswer(Outcome.PENDING, null, null);

    /** The second stage was away, so the margin decided. */
    public static final SecondStageAnswer AWAY = new SecondStageAnswer(Outcome.AWAY, null, null);

    /**
     * Whether the fact wakes.
     *
     * @param margin decides where the second stage was away
     */
    public boolean wakes(double margin) {
        return outcome == Outcome.YES || (outcome == Outcome.AWAY && margin >= 0);
    }

    /** What decided. */
    public enum Outcome {
        /** Nothing yet: it is being asked. */
        @JsonProperty("pending")
        PENDING,
        /** It said that the fact concerns the interest, so the fact wakes. */
        @JsonProperty("yes")
        YES,
        /** It said that it does not, so the fact does not wake. */
        @JsonProperty("no")
        NO,
        /** It did not answer, so the margin decided. */
        @JsonProperty("away")
        AWAY
    }
}
