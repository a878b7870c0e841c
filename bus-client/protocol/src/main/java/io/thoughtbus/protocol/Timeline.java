package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to some facts.
 *
 * @param entries in the order of time; what is not dated stands with its fact
 * @param next what to give as {@code after} for the following facts; absent on the last page. A page may hold fewer facts
 *     than asked for, or none, and not be the last
 * @param missing what cannot be told of what became of wakes, in words; empty if all is told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Timeline(
        List<TimelineEntry> entries,
        @Nullable FactId next,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> missing) {
    public Timeline {
        entries = List.copyOf(entries);
        missing = missing == null ? List.of() : List.copyOf(missing);
    }
}
