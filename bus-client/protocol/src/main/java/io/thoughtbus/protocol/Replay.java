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
 * @param wholeFrom where the journal begins to hold every fact; absent if the whole range does
 * @param rate the most facts that are delivered a second, if it was bounded
 * @param progress how much of the range has been read, from 0 to 1
 * @param estimatedEnd when it is likely to end; absent if it does not run, or has only begun
 * @param scanned how many facts have been read
 * @param matched how many of them match
 * @param erased how many facts of the range have been erased and are passed over; 0 if none
 * @param matches the matches, in the journal's order, a page at a time, the first 100,000 of them
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
        JournalPoint to,
        @Nullable FactId wholeFrom,
        @Nullable String subject,
        @Nullable String publisher,
        @Nullable String filter,
        @Nullable About about,
        boolean deliver,
        @Nullable Double rate,
        double progress,
        @Nullable Instant estimatedEnd,
        long scanned,
        long matched,
        long erased,
        Instant startedAt,
        @Nullable Instant endedAt,
        List<ReplayedMatch> matches,
        @Nullable String next,
        @Nullable String digest,
        @Nullable String failure) {

    /** How far a replay has come. */
    public enum State {
        /** Waiting for its turn or reading the journal. */
        @JsonProperty("running")
        RUNNING,
        /** Held up on request until it is resumed; cancelled if it is not within a week. */
        @JsonProperty("paused")
        PAUSED,
        /** At the end of its range. */
        @JsonProperty("done")
        DONE,
        /** Stopped on request. */
        @JsonProperty("cancelled")
        CANCELLED,
        /** Stopped by an error that trying again did not mend. */
        @JsonProperty("failed")
        FAILED;

        /** Whether a replay in this state will not change any more. */
        public boolean isEnd() {
            return this != RUNNING && this != PAUSED;
        }
    }

    public Replay {
        matches = List.copyOf(matches);
    }

    /** Whether it will not change any more. */
    @JsonIgnore
    public boolean isEnded() {
        return state.isEnd();
    }
}
