package io.thoughtbus.server.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.thoughtbus.protocol.About;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Replay;
import io.thoughtbus.protocol.ReplayedMatch;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replay as Redis holds it.
 *
 * @param plan what was asked for; does not change
 * @param progress how far it has come
 * @param serial counts its steps
 */
record StoredReplay(
        ReplayRef ref,
        Plan plan,
        Replay.State state,
        Progress progress,
        long serial,
        @Nullable Instant pausedAt,
        @Nullable Instant endedAt,
        @Nullable String failure) {

    /**
     * What a replay is to do.
     *
     * @param revision names the version of the subscription that decides
     * @param version the same, counted within the subscription
     * @param wholeFrom where the journal begins to hold all of the range, if it does not from the start
     * @param subject only facts about this subject, if given
     * @param publisher only facts of this publisher, if given
     * @param filter only facts that pass this condition, if given
     * @param about only facts of this meaning, if given
     * @param deliver whether matches are owed as wakes
     * @param rate the most facts that are delivered a second, if that is bounded
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Plan(
            long revision,
            int version,
            ReplayRange range,
            @Nullable FactId wholeFrom,
            @Nullable String subject,
            @Nullable String publisher,
            @Nullable String filter,
            @Nullable About about,
            boolean deliver,
            @Nullable Double rate,
            Instant startedAt) {

        Choice choice() {
            return new Choice(subject, publisher, filter, about);
        }
    }

    /**
     * How far a replay has come.
     *
     * @param first the first fact read
     * @param read the last fact read
     * @param digest over all matches so far, in order
     * @param ranMillis for how long it has run, as far as that was noted
     */
    record Progress(
            FactId first,
            FactId read,
            long scanned,
            long matched,
            String digest,
            @Nullable Long ranMillis) {
        static final Progress NONE = new Progress(new FactId(0, 0, 0), new FactId(0, 0, 0), 0, 0, "", 0L);

        long ran() {
            return ranMillis == null ? 0 : ranMillis;
        }

        /** The progress after more facts, at least one, have been read. */
        Progress after(List<FactId> facts, long matches, String digestOfAll, long moreMillis) {
            return new Progress(
                    scanned == 0 ? facts.get(0) : first,
                    facts.get(facts.size() - 1),
                    scanned + facts.size(),
                    matched + matches,
                    digestOfAll,
                    ran() + moreMillis);
        }
    }

    /**
     * The replay as it travels, with a page of its matches.
     *
     * @param erased how many facts of its range have been erased
     */
    Replay toReplay(List<ReplayedMatch> page, @Nullable String next, long erased, Instant now) {
        boolean done = state == Replay.State.DONE;
        double part = done ? 1 : plan.range().progress(progress.first(), progress.read());
        return new Replay(
                ref.id(),
                ref.subscription().id(),
                plan.version(),
                state,
                plan.range().from(),
                plan.range().to(),
                plan.wholeFrom(),
                plan.subject(),
                plan.publisher(),
                plan.filter(),
                plan.about(),
                plan.deliver(),
                plan.rate(),
                part,
                Estimate.end(state, part, progress.ran(), now),
                progress.scanned(),
                progress.matched(),
                erased,
                plan.startedAt(),
                endedAt,
                page,
                next,
                done ? progress.digest() : null,
                failure);
    }
}
