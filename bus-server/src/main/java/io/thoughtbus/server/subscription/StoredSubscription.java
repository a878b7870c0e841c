package io.thoughtbus.server.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Outlook;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.protocol.Subscription;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.SubscriptionState;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestCompiler;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.journal.RedisModels;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as the registry holds it.
 *
 * @param draft what its subscriber declared
 * @param threshold in force
 * @param learned the direction that was learned, as base64 of little-endian FLOAT32; absent for a text alone
 * @param guard what the guard stops
 * @param revision names this version among all versions of all subscriptions
 * @param earlier the revisions of the versions before, oldest first, as far as they are kept
 * @param model the tag of the model that made the interest's embedding
 * @param activation the last position of each shard that this version does not decide; empty until it is active
 * @param outlook what its subscriber was told to expect
 * @param notes what else it was told
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StoredSubscription(
        String id,
        SubscriptionDraft draft,
        double threshold,
        @Nullable String learned,
        Set<Qualifier> guard,
        int version,
        long revision,
        List<Long> earlier,
        SubscriptionState state,
        List<FactId> activation,
        String model,
        @Nullable String backfill,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Outlook outlook,
        List<String> notes) {

    public StoredSubscription {
        guard = guard == null ? Set.of() : Set.copyOf(guard);
        notes = notes == null ? List.of() : List.copyOf(notes);
        earlier = earlier == null ? List.of() : List.copyOf(earlier);
        activation = activation == null ? List.of() : List.copyOf(activation);
    }

    /** The name of this version's interest. */
    public InterestRef interest() {
        return new InterestRef(id, revision);
    }

    /** Whether a revision names this version or one before it that is kept. */
    boolean names(long other) {
        return other == revision || earlier.contains(other);
    }

    /** The same version, in force after these positions. */
    StoredSubscription activated(List<FactId> after, @Nullable String backfillId) {
        return new StoredSubscription(
                id,
                draft,
                threshold,
                learned,
                guard,
                version,
                revision,
                earlier,
                SubscriptionState.ACTIVE,
                after,
                model,
                backfillId,
                createdAt,
                updatedAt,
                outlook,
                notes);
    }

    /** The same version, its interest made by another model. */
    StoredSubscription embeddedBy(String otherModel, CompiledInterest compiled) {
        return new StoredSubscription(
                id,
                draft,
                compiled.threshold(),
                InterestCompiler.learned(draft.interest(), compiled),
                compiled.minded(),
                version,
                revision,
                earlier,
                state,
                activation,
                otherModel,
                backfill,
                createdAt,
                updatedAt,
                outlook,
                notes);
    }

    /** The subscription as it travels. */
    public Subscription toSubscription(RedisModels models) {
        return new Subscription(
                id,
                draft.subscriber(),
                draft.interest(),
                threshold,
                draft.filter(),
                guard.stream().sorted().toList(),
                draft.tests(),
                draft.delivery(),
                version,
                state,
                activation,
                models.idOf(model),
                backfill,
                createdAt,
                updatedAt,
                outlook,
                notes);
    }
}
