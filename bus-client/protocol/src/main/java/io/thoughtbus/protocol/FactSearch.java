package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A question to live memory: which facts mean about this?
 *
 * @param text what they should mean
 * @param limit how many facts at most, 1 to 1,000
 * @param threshold the lowest score, -1 to 1; absent means no bound
 * @param subject only facts about this subject, if given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FactSearch(
        String text,
        int limit,
        @Nullable Double threshold,
        @Nullable String subject) {
    private static final int USUAL = 10;

    public FactSearch {
        Fields.text("text", text);
        Fields.within("limit", limit, 1, Limits.PAGE);
        if (threshold != null) {
            Fields.within("threshold", threshold, -1, 1);
        }
        Fields.optionalId("subject", subject);
    }

    @JsonCreator
    static FactSearch of(String text, @Nullable Integer limit, @Nullable Double threshold, @Nullable String subject) {
        return new FactSearch(text, limit == null ? USUAL : limit, threshold, subject);
    }

    /** The ten nearest facts. */
    public static FactSearch of(String text) {
        return new FactSearch(text, USUAL, null, null);
    }
}
