package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the facts about a subject that were alive at a time.
 *
 * @param asOf that time
 * @param facts oldest first; a page may hold fewer than asked for, or none, and not be the last
 * @param next what to give as {@code after} for the following page; absent on the last
 * @param wholeFrom when the oldest fact that is still in the journal was accepted; older ones are missing here. Absent if
 *     nothing has left it
 * @param erased how many facts of the subject that were accepted by then have been erased with it, whether or not they
 *     were alive; facts that were erased by their ids are not counted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PastFacts(
        Instant asOf,
        List<Fact> facts,
        @Nullable FactId next,
        @Nullable Instant wholeFrom,
        long erased) {
    public PastFacts {
        facts = List.copyOf(facts);
    }
}
