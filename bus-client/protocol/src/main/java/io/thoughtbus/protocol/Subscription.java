package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A standing interest of one subscriber, as the bus holds it.
 *
 * @param id unique within the namespace
 * @param threshold the lowest score that wakes, given or chosen
 * @param guard what the guard stops: facts qualified in one of these ways
 * @param tests sentences that the interest was declared to tell apart
 * @param version counts the changes, from 1
 * @param state whether it is in force yet
 * @param activation the last position of each of the journal's shards that this version does not decide
 * @param model the model that made the interest's embedding
 * @param backfill the replay that delivers the past, if one was asked for
 * @param outlook what to expect, as told when this version was declared
 * @param notes what the subscriber should know about what was declared
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Subscription(
        String id,
        String subscriber,
        Interest interest,
        double threshold,
        @Nullable String filter,
        List<Qualifier> guard,
        @Nullable SubscriptionTests tests,
        DeliverySettings delivery,
        int version,
        SubscriptionState state,
        List<FactId> activation,
        String model,
        @Nullable String backfill,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Outlook outlook,
        List<String> notes) {

    public Subscription {
        guard = guard == null ? List.of() : List.copyOf(guard);
        activation = List.copyOf(activation);
        notes = List.copyOf(notes);
    }
}
