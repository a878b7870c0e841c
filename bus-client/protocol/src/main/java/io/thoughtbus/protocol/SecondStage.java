package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which facts a subscription has the bus' second stage asked about: those whose margin is within a band around zero, on
 * either side, and that neither filter nor guard stops. Its answer then decides, not the margin.
 *
 * @param band how far from the threshold the score may lie, 0 to 1
 * @param whenAway what holds where it does not answer
 */
public record SecondStage(double band, WhenAway whenAway) {
    public SecondStage {
        Fields.within("band", band, 0, 1);
        Fields.required("whenAway", whenAway);
    }

    @JsonCreator
    static SecondStage of(@Nullable Double band, @Nullable WhenAway whenAway) {
        return new SecondStage(Fields.required("band", band), whenAway == null ? WhenAway.WAKE : whenAway);
    }

    /** What holds where the second stage cannot be reached, is too slow, or has answered enough for the day. */
    public enum WhenAway {
        /** What the margin says, at once. */
        @JsonProperty("wake")
        WAKE,
        /** Nothing for an hour, while it is asked again; then what the margin says. */
        @JsonProperty("wait")
        WAIT
    }
}
