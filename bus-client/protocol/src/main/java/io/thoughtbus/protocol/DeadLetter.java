package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wake that was given up.
 *
 * @param wake its id
 * @param cause how it came to be given up
 * @param explanation the same in a sentence, with the subscriber's last reason if it gave one
 * @param attempts how often it was delivered
 * @param diedAt when it was given up
 * @param fact what it was about; absent if the journal no longer holds it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetter(
        String wake,
        Cause cause,
        String explanation,
        int attempts,
        Instant diedAt,
        double score,
        double threshold,
        int version,
        boolean replay,
        @Nullable Fact fact) {

    /** The ways to die. */
    public enum Cause {
        /** The subscriber's verdict was never. */
        @JsonProperty("refused")
        REFUSED,
        /** The subscriber deferred it once more than it has attempts. */
        @JsonProperty("exhausted")
        EXHAUSTED,
        /** The last attempt's lease ran out without a verdict. */
        @JsonProperty("unanswered")
        UNANSWERED,
        /** The lifetime of its fact ended before it was done. */
        @JsonProperty("expired")
        EXPIRED,
        /** Its fact was erased. */
        @JsonProperty("erased")
        ERASED
    }
}
