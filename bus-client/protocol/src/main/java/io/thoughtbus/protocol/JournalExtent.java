package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the journal of a namespace holds, shard by shard. */
public record JournalExtent(List<Shard> shards) {
    public JournalExtent {
        shards = List.copyOf(shards);
    }

    /**
     * What one shard holds.
     *
     * @param facts how many facts
     * @param first the oldest of them; absent if there is none. What was accepted before it has been trimmed
     * @param last the one accepted last, whether or not it is still there; absent if there never was one
     * @param trimmed how many facts have left the journal by their age or number; those that were erased do not count
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Shard(
            int shard,
            long facts,
            @Nullable FactId first,
            @Nullable FactId last,
            long trimmed) {}
}
