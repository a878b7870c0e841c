package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The statement that a fact no longer holds, or never did.
 *
 * @param reason why, for those whom the fact woke: up to 500 characters
 * @param publisher who states it; absent means {@code anonymous}
 * @param key makes the retraction repeatable, as it does for facts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetractionDraft(
        @Nullable String reason,
        @Nullable String publisher,
        @Nullable String key) {

    public RetractionDraft {
        if (reason != null) {
            Fields.text("reason", reason, Limits.REASON);
        }
        Fields.optionalId("publisher", publisher);
        Fields.optionalId("key", key);
    }

    /** A retraction for this reason. */
    public static RetractionDraft because(String reason) {
        return new RetractionDraft(reason, null, null);
    }
}
