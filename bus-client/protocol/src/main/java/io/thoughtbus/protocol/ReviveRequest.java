package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish to have dead letters delivered again, with all their attempts.
 *
 * @param wakes their ids, at most 256; empty means all
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReviveRequest(List<String> wakes) {
    public ReviveRequest {
        wakes = Fields.wakes(wakes);
    }

    @JsonCreator
    static ReviveRequest of(@Nullable List<String> wakes) {
        return new ReviveRequest(wakes == null ? List.of() : wakes);
    }
}
