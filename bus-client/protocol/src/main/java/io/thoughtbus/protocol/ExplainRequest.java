package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A question: whom does this concern, and why?
 *
 * @param text a statement that nobody need have published; either this or {@code fact}
 * @param fact the id of a published fact
 * @param subscription the one to explain; absent means the ten nearest to waking
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExplainRequest(
        @Nullable String text,
        @Nullable FactId fact,
        @Nullable String subscription) {

    public ExplainRequest {
        if ((text == null) == (fact == null)) {
            throw new InvalidFieldException("text", "is required where no fact is given, and not allowed where one is");
        }
        if (text != null) {
            Fields.text("text", text);
        }
        Fields.optionalId("subscription", subscription);
    }
}
