package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber made of a delivery.
 *
 * @param wake the wake's id
 * @param verdict settles it, defers it or gives it up
 * @param delay how long a deferred wake rests, 0 to 12 h; absent means the subscription's backoff
 * @param reason why it is deferred or given up, at most 500 characters
 * @param relevant whether the fact was of the kind the interest means
 * @param attempt the attempt it is about; absent means the latest
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WakeVerdict(
        String wake,
        Kind verdict,
        @Nullable Duration delay,
        @Nullable String reason,
        @Nullable Boolean relevant,
        @Nullable Integer attempt) {
    /** The three things that can become of a delivery. */
    public enum Kind {
        /** Finished: never delivered again. */
        @JsonProperty("done")
        DONE,
        /** Deferred: due again after the delay. */
        @JsonProperty("later")
        LATER,
        /** Refused: a dead letter. */
        @JsonProperty("never")
        NEVER
    }

    public WakeVerdict {
        Fields.wake("wake", wake);
        Fields.required("verdict", verdict);
        if (delay != null) {
            Fields.within("delay", delay, Duration.ZERO, Limits.LEASE);
            if (verdict != Kind.LATER) {
                throw new InvalidFieldException("delay", "is for the verdict later only");
            }
        }
        if (reason != null) {
            Fields.text("reason", reason, Limits.REASON);
        }
        if (attempt != null) {
            Fields.within("attempt", attempt, 1, Integer.MAX_VALUE);
        }
    }
}
