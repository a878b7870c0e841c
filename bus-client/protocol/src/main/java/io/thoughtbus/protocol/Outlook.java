package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber may expect of a subscription.
 *
 * @param expected absent with fewer than five texts and examples, which say too little
 * @param forecast from the newest facts
 * @param nearest the nearest other subscriptions, the nearest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outlook(@Nullable Expectation expected, Forecast forecast, List<Neighbour> nearest) {
    public Outlook {
        nearest = List.copyOf(nearest);
    }
}
