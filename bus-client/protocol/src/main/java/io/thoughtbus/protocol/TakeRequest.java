package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber's readiness for wakes.
 *
 * @param max how many wakes at most, 1 to 256; usually 10
 * @param waitFor how long to wait for the first, 0 to 60 s; usually 0
 * @param taker a name for this take, by which it can be ended while it waits; absent if nobody will
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TakeRequest(
        int max,
        @JsonProperty("wait") Duration waitFor,
        @Nullable String taker) {
    private static final int USUAL = 10;

    public TakeRequest {
        Fields.within("max", max, 1, Limits.WAKES);
        Fields.within("wait", waitFor, Duration.ZERO, Limits.WAIT);
        Fields.optionalId("taker", taker);
    }

    @JsonCreator
    static TakeRequest of(
            @Nullable Integer max, @JsonProperty("wait") @Nullable Duration waitFor, @Nullable String taker) {
        return new TakeRequest(max == null ? USUAL : max, waitFor == null ? Duration.ZERO : waitFor, taker);
    }
}
