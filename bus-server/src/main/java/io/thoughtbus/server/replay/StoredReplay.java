package io.thoughtbus.server.replay;

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
 */
record StoredReplay(
        ReplayRef ref,
        Plan plan,
        Replay.State state,
        Progress progress,
        @Nullable Instant endedAt,
        @Nullable String failure) {

    /**
     * What a replay is to do.
     *
     * @param revision names the version of the subscription that decides
     * @param version the same, counted within the subscription
     * @param subject only facts about this subject, if given
     * @param deliver whether matches are owed as wakes
     */
    record Plan(
            long revision,
            int version,
            ReplayRange range,
            @Nullable String subject,
            boolean deliver,
            Instant startedAt) {}

    /**
     * How far a replay has come.
     *
     * @param first the first fact read
     * @param read the last fact read
     * @param digest over all matches so far, in order
     */
    record Progress(FactId first, FactId read, long scanned, long matched, String digest) {
        static final Progress NONE = new Progress(new FactId(0, 0, 0), new FactId(0, 0, 0), 0, 0, "");
    }

    /** The replay as it travels, with a page of its matches. */
    Replay toReplay(List<ReplayedMatch> page, @Nullable String next) {
        boolean done = state == Replay.State.DONE;
        return new Replay(
                ref.id(),
                ref.subscription().id(),
                plan.version(),
                state,
                plan.range().from(),
                plan.range().to(),
                plan.subject(),
                plan.deliver(),
                done ? 1 : plan.range().progress(progress.first(), progress.read()),
                progress.scanned(),
                progress.matched(),
                plan.startedAt(),
                endedAt,
                page,
                next,
                done ? progress.digest() : null,
                failure);
    }
}
