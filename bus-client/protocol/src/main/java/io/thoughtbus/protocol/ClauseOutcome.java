package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one clause of a filter says about a fact.
 *
 * @param values what the fact holds of what the clause reads
 * @param reason why it does not pass; empty if it does
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClauseOutcome(String clause, boolean passes, Map<String, Object> values, String reason) {
    public ClauseOutcome {
        values = values == null ? Map.of() : new TreeMap<>(values);
        reason = reason == null ? "" : reason;
    }
}
