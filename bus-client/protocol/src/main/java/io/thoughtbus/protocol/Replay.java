package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Past facts matched again for one subscription.
 *
 * @param version of the subscription that decides
 * @param scanned how many facts of the range have been matched
 * @param total how many facts the journal held from the start to the end of the range when the replay was accepted
 * @param matched how many of them match
 * @param matches the matches, in the journal's order, a page at a time
 * @param next what to give as {@code after} for the following page of matches; absent on the last
 * @param digest SHA-256 over all matches once the replay is done: equal for equal results
 * @param failure why it failed, if it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Replay(
        String id,
        String subscription,
        int version,
        State state,
        JournalPoint from,
        FactId to,
        @Nullable String subject,
        boolean deliver,
        long scanned,
        long total,
        long matched,
        Instant startedAt,
        @Nullable Instant endedAt,
        List<ReplayedMatch> matches,
        @Nullable FactId next,
        @Nullable String digest,
        @Nullable String failure) {

    /** How far a replay has come. */
    public enum State {
        /** Waiting for its turn or reading the journal. */
        @JsonProperty("running")
        RUNNING,
        /** At the end of its range. */
        @JsonProperty("done")
        DONE,
        /** Stopped on request. */
        @JsonProperty("cancelled")
        CANCELLED,
        /** Stopped by an error that trying again did not mend. */
        @JsonProperty("failed")
        FAILED
    }

    public Replay {
        matches = List.copyOf(matches);
    }

    /** Whether it will not change any more. */
    @JsonIgnore
    public boolean isEnded() {
        return state != State.RUNNING;
    }
}
