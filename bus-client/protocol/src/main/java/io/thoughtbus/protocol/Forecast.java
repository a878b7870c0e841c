package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription would have been woken for by the namespace's newest facts.
 *
 * @param facts how many were looked at
 * @param since when the oldest of them was accepted; absent if there was none
 * @param wakes how many of them would have woken
 * @param stopped how many the guard would have stopped
 * @param wakesADay wakes in a day at that rate; absent if the facts span less than a minute
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Forecast(
        int facts,
        @Nullable Instant since,
        int wakes,
        int stopped,
        @Nullable Double wakesADay) {}
