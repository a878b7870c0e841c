package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wish that facts be erased: those named, or all about a subject that were accepted before.
 *
 * @param facts the ids of up to 1,000 facts; empty where a subject is named
 * @param subject whose facts, of one namespace; absent where facts are named
 * @param reason why, for the record: up to 500 characters
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ErasureDraft(List<FactId> facts, @Nullable String subject, String reason) {

    public ErasureDraft {
        facts = Fields.atMost("facts", facts, Limits.BATCH);
        Fields.optionalId("subject", subject);
        if (facts.isEmpty() == (subject == null)) {
            throw new InvalidFieldException("facts", "must name facts to erase, or else subject must be given");
        }
        Fields.text("reason", reason, Limits.REASON);
    }

    /** All facts about a subject. */
    public static ErasureDraft of(String subject, String reason) {
        return new ErasureDraft(List.of(), Fields.id("subject", subject), reason);
    }

    /** These facts. */
    public static ErasureDraft of(List<FactId> facts, String reason) {
        return new ErasureDraft(facts, null, reason);
    }
}
