package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some dead letters of a subscription.
 *
 * @param deadLetters the oldest first
 * @param next what to give as {@code after} for the following page; absent on the last
 * @param dropped how many of the subscription's dead letters, always the oldest, have left because they were too many
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterPage(
        @JsonProperty("deadLetters") List<DeadLetter> deadLetters,
        @Nullable String next,
        long dropped) {
    public DeadLetterPage {
        deadLetters = List.copyOf(deadLetters);
    }
}
