package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish to match a range of the past again and to compare the result with what was recorded. Nothing is delivered, and
 * nothing that is in force is touched.
 *
 * @param mode what to compare with the record
 * @param from the first place of the range
 * @param to the last place of the range; absent means the last fact that has been dispatched
 * @param subject only facts about this subject, if given
 * @param publisher only facts of this publisher, if given
 * @param filter only facts that pass this condition in CEL, if given
 * @param about only facts of this meaning, if given
 * @param subscriptions of an as-it-was replay: only these, present or deleted; empty means all
 * @param subscription of an as-it-would-be replay: which one
 * @param version of an as-it-would-be replay: the version of the subscription that is to decide
 * @param draft of an as-it-would-be replay: how the subscription would be declared; its {@code from}, {@code tests} and
 *     {@code delivery} mean nothing here
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ComparisonDraft(
        ReplayMode mode,
        JournalPoint from,
        @Nullable JournalPoint to,
        @Nullable String subject,
        @Nullable String publisher,
        @Nullable String filter,
        @Nullable About about,
        List<String> subscriptions,
        @Nullable String subscription,
        @Nullable Integer version,
        @Nullable SubscriptionDraft draft) {
    private static final int MOST_SUBSCRIPTIONS = 1_000;

    public ComparisonDraft {
        Fields.required("mode", mode);
        ReplayDraft.checkRange(from, to);
        Fields.optionalId("subject", subject);
        Fields.optionalId("publisher", publisher);
        if (filter != null) {
            Fields.text("filter", filter, Limits.FILTER);
        }
        subscriptions = Fields.atMost("subscriptions", subscriptions, MOST_SUBSCRIPTIONS);
        for (int i = 0; i < subscriptions.size(); i++) {
            Fields.id("subscriptions[" + i + "]", subscriptions.get(i));
        }
        Fields.optionalId("subscription", subscription);
        if (version != null) {
            Fields.within("version", version, 1, Integer.MAX_VALUE);
        }
        if (mode == ReplayMode.AS_IT_WAS) {
            absent("subscription", subscription);
            absent("version", version);
            absent("draft", draft);
        } else {
            absent("subscriptions", subscriptions.isEmpty() ? null : subscriptions);
            Fields.required("subscription", subscription);
            if ((version == null) == (draft == null)) {
                throw new InvalidFieldException("draft", "is required where there is no version, and not beside one");
            }
        }
    }

    /** What the versions in force decided about everything since a place in the journal. */
    public static ComparisonDraft asItWas(JournalPoint from) {
        return new ComparisonDraft(
                ReplayMode.AS_IT_WAS, from, null, null, null, null, null, List.of(), null, null, null);
    }

    /** What another declaration of a subscription would have decided about everything since a place in the journal. */
    public static ComparisonDraft asItWouldBe(JournalPoint from, String subscription, SubscriptionDraft draft) {
        return new ComparisonDraft(
                ReplayMode.AS_IT_WOULD_BE, from, null, null, null, null, null, List.of(), subscription, null, draft);
    }

    /** What an earlier or later version of a subscription would have decided about everything since a place. */
    public static ComparisonDraft asItWouldBe(JournalPoint from, String subscription, int version) {
        return new ComparisonDraft(
                ReplayMode.AS_IT_WOULD_BE, from, null, null, null, null, null, List.of(), subscription, version, null);
    }

    /** The same up to a place in the journal, included. */
    public ComparisonDraft until(JournalPoint last) {
        return new ComparisonDraft(
                mode, from, last, subject, publisher, filter, about, subscriptions, subscription, version, draft);
    }

    /** The same for facts of this meaning alone. */
    public ComparisonDraft about(About meaning) {
        return new ComparisonDraft(
                mode, from, to, subject, publisher, filter, meaning, subscriptions, subscription, version, draft);
    }

    private static void absent(String field, @Nullable Object value) {
        if (value != null) {
            throw new InvalidFieldException(field, "does not belong to this mode");
        }
    }
}
