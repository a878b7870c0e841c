package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record that facts were erased. It names them by their ids alone.
 *
 * @param subject whose facts; absent where they were named
 * @param at when it began: facts accepted later are not among them
 * @param doneAt when the last of them was gone; absent while it goes on
 * @param facts how many have been erased so far
 * @param erased their ids in the order of the journal, a page at a time
 * @param next what to give as {@code after} for the following page; absent on the last
 * @param missing the ids of facts that were named and that the journal did not hold; absent while it goes on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Erasure(
        String id,
        @Nullable String subject,
        String reason,
        State state,
        Instant at,
        @Nullable Instant doneAt,
        long facts,
        List<FactId> erased,
        @Nullable String next,
        @Nullable List<FactId> missing) {

    /** How far an erasure has come. */
    public enum State {
        /** It goes on by itself, also after a crash. */
        @JsonProperty("running")
        RUNNING,
        /** The bus no longer holds the facts. */
        @JsonProperty("done")
        DONE
    }

    public Erasure {
        erased = List.copyOf(erased);
    }
}
