package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of the past matched again and compared with what was recorded.
 *
 * @param to the last place asked for; facts that had not been dispatched when it started do not belong to it either
 * @param wholeFrom where the journal begins to hold every fact; absent if the whole range does
 * @param progress how much of the range has been read, from 0 to 1
 * @param estimatedEnd when it is likely to end; absent if it does not run, or has only begun
 * @param scanned how many facts have been read
 * @param matched how many facts wake somebody in the replay
 * @param erased how many facts of the range have records of matches and are no longer in the journal
 * @param unverified how many facts could not be decided again, and are told as they were recorded
 * @param lines how many lines of the result can be fetched: all, or not many more than the first 1,000,000
 * @param differences of an as-it-was replay: what was decided otherwise; none if all is as it was
 * @param added of an as-it-would-be replay: wakes that were not
 * @param lost of an as-it-would-be replay: wakes that would not have been
 * @param kept of an as-it-would-be replay: wakes both ways
 * @param digest SHA-256 over the lines once the replay is done, each hashed after the digest of those before: equal for
 *     equal results
 * @param failure why it failed, if it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Comparison(
        String id,
        ReplayMode mode,
        Replay.State state,
        JournalPoint from,
        JournalPoint to,
        @Nullable FactId wholeFrom,
        @Nullable String subject,
        @Nullable String publisher,
        @Nullable String filter,
        @Nullable About about,
        List<String> subscriptions,
        @Nullable String subscription,
        @Nullable Integer version,
        @Nullable SubscriptionDraft draft,
        double progress,
        @Nullable Instant estimatedEnd,
        long scanned,
        long matched,
        long erased,
        long unverified,
        long lines,
        @Nullable Differences differences,
        @Nullable Differences added,
        @Nullable Differences lost,
        @Nullable Differences kept,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String digest,
        @Nullable String failure) {
    public Comparison {
        subscriptions = List.copyOf(subscriptions);
    }

    /** Whether it will not change any more. */
    @JsonIgnore
    public boolean isEnded() {
        return state.isEnd();
    }
}
