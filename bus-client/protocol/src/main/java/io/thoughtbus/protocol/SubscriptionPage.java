package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some subscriptions of a namespace.
 *
 * @param subscriptions in the order of their ids, or nearest first if asked for by meaning
 * @param next what to give as {@code after} for the following page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubscriptionPage(
        List<Subscription> subscriptions, @Nullable String next) {
    public SubscriptionPage {
        subscriptions = List.copyOf(subscriptions);
    }
}
