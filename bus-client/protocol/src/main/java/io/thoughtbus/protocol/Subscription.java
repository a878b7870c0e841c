package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A standing interest of one subscriber, as the bus holds it.
 *
 * @param id unique within the namespace
 * @param threshold the lowest score that wakes, given or chosen; of the first part where there are several
 * @param guard what the guard stops: facts qualified in one of these ways
 * @param secondStage which facts the second stage is asked about; absent if none
 * @param tests sentences that the interest was declared to tell apart
 * @param learning whether it goes on learning, if that was said
 * @param taught what its verdicts taught this version beside what was declared, if anything
 * @param version counts the changes, from 1
 * @param state whether it is in force yet
 * @param activation the last position of each of the journal's shards that this version does not decide
 * @param model the model that made the interest's embedding
 * @param backfill the replay that delivers the past, if one was asked for
 * @param outlook what to expect, as told when this version was declared
 * @param notes what the subscriber should know about what was declared
 * @param parts the clusters of meaning that the interest was learned as; absent where it is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Subscription(
        String id,
        String subscriber,
        Interest interest,
        double threshold,
        @Nullable String filter,
        List<Qualifier> guard,
        @Nullable SecondStage secondStage,
        @Nullable SubscriptionTests tests,
        @Nullable Learning learning,
        @Nullable Taught taught,
        DeliverySettings delivery,
        int version,
        SubscriptionState state,
        List<FactId> activation,
        String model,
        @Nullable String backfill,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Outlook outlook,
        List<String> notes,
        @Nullable List<Part> parts) {

    public Subscription {
        guard = guard == null ? List.of() : List.copyOf(guard);
        activation = List.copyOf(activation);
        notes = List.copyOf(notes);
        parts = parts == null ? null : List.copyOf(parts);
    }
}
