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
 * @param deliver whether what matches is delivered as wakes marked as replay; otherwise it is only told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayDraft(
        JournalPoint from,
        @Nullable JournalPoint to,
        @Nullable String subject,
        boolean deliver) {

    public ReplayDraft {
        Fields.required("from", from);
        if (to != null && to.last().compareTo(from.first()) < 0) {
            throw new InvalidFieldException("to", "must not be before from but was " + to + " with from " + from);
        }
        Fields.optionalId("subject", subject);
    }

    @JsonCreator
    static ReplayDraft of(
            JournalPoint from, @Nullable JournalPoint to, @Nullable String subject, @Nullable Boolean deliver) {
        return new ReplayDraft(from, to, subject, deliver != null && deliver);
    }

    /** A dry run over everything since a place in the journal. */
    public static ReplayDraft since(JournalPoint from) {
        return new ReplayDraft(from, null, null, false);
    }
}
