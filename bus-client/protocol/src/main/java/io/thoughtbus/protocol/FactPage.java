package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some live facts.
 *
 * @param facts oldest first
 * @param next what to give as {@code after} for the following page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FactPage(List<Fact> facts, @Nullable FactId next) {
    public FactPage {
        facts = List.copyOf(facts);
    }
}
