package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A wish to match a range of the past again for one subscription.
 *
 * @param from the first place of the range
 * @param to the last place of the range; absent means the journal's end when the replay is accepted
 * @param subject only facts about this subject, if given
 * @param publisher only facts of this publisher, if given
 * @param filter only facts that pass this condition in CEL, if given, besides the subscription's own
 * @param about only facts of this meaning, if given
 * @param deliver whether what matches is delivered as wakes marked as replay; otherwise it is only told
 * @param rate the most facts that are delivered a second; absent means as fast as they are read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayDraft(
        JournalPoint from,
        @Nullable JournalPoint to,
        @Nullable String subject,
        @Nullable String publisher,
        @Nullable String filter,
        @Nullable About about,
        boolean deliver,
        @Nullable Double rate) {

    public ReplayDraft {
        checkRange(from, to);
        Fields.optionalId("subject", subject);
        Fields.optionalId("publisher", publisher);
        if (filter != null) {
            Fields.text("filter", filter, Limits.FILTER);
        }
        if (rate != null) {
            Fields.within("rate", rate, 0.01, 1_000_000);
            if (!deliver) {
                throw new InvalidFieldException("rate", "belongs to a replay that delivers");
            }
        }
    }

    @JsonCreator
    static ReplayDraft of(
            JournalPoint from,
            @Nullable JournalPoint to,
            @Nullable String subject,
            @Nullable String publisher,
            @Nullable String filter,
            @Nullable About about,
            @Nullable Boolean deliver,
            @Nullable Double rate) {
        return new ReplayDraft(from, to, subject, publisher, filter, about, deliver != null && deliver, rate);
    }

    /** A dry run over everything since a place in the journal. */
    public static ReplayDraft since(JournalPoint from) {
        return new ReplayDraft(from, null, null, null, null, null, false, null);
    }

    /** The same up to a place in the journal, included. */
    public ReplayDraft until(JournalPoint last) {
        return new ReplayDraft(from, last, subject, publisher, filter, about, deliver, rate);
    }

    /** The same for facts of this meaning alone. */
    public ReplayDraft about(About meaning) {
        return new ReplayDraft(from, to, subject, publisher, filter, meaning, deliver, rate);
    }

    /** The same, delivering what matches. */
    public ReplayDraft delivered() {
        return new ReplayDraft(from, to, subject, publisher, filter, about, true, rate);
    }

    /** The same, delivering what matches, at most so many facts a second. */
    public ReplayDraft delivered(double factsASecond) {
        return new ReplayDraft(from, to, subject, publisher, filter, about, true, factsASecond);
    }

    static void checkRange(@Nullable JournalPoint from, @Nullable JournalPoint to) {
        JournalPoint first = Fields.required("from", from);
        if (to != null && to.last().compareTo(first.first()) < 0) {
            throw new InvalidFieldException("to", "must not be before from but was " + to + " with from " + from);
        }
    }
}
