package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * The bus' answer to a wish to keep wakes in hand.
 *
 * @param leaseUntil until when the held wakes stay in hand
 * @param held the wakes that do
 * @param lost the wakes that were not in hand any more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Extended(Instant leaseUntil, List<String> held, List<String> lost) {
    public Extended {
        held = List.copyOf(held);
        lost = List.copyOf(lost);
    }
}
