package io.thoughtbus.server.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Outlook;
import io.thoughtbus.protocol.Part;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.protocol.Subscription;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.SubscriptionState;
import io.thoughtbus.protocol.Taught;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestCompiler;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.LearnedPart;
import io.thoughtbus.server.journal.RedisModels;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as the registry holds it.
 *
 * @param draft what its subscriber declared
 * @param taught what its verdicts taught it beside that
 * @param threshold in force, of the first part
 * @param learned the direction of the first part that was learned, as base64 of little-endian FLOAT32; absent for a text alone
 * @param guard what the guard stops
 * @param revision names this version among all versions of all subscriptions
 * @param earlier the revisions of the versions before, oldest first, as far as they are kept
 * @param model the tag of the model that made the interest's embedding
 * @param activation the last position of each shard that this version does not decide; empty until it is active
 * @param outlook what its subscriber was told to expect
 * @param notes what else it was told
 * @param parts of the interest, all of them; none where it has only one
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StoredSubscription(
        String id,
        SubscriptionDraft draft,
        Taught taught,
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
        List<String> notes,
        List<LearnedPart> parts) {

    public StoredSubscription {
        taught = taught == null ? Taught.NOTHING : taught;
        guard = guard == null ? Set.of() : Set.copyOf(guard);
        notes = notes == null ? List.of() : List.copyOf(notes);
        parts = parts == null ? List.of() : List.copyOf(parts);
        earlier = earlier == null ? List.of() : List.copyOf(earlier);
        activation = activation == null ? List.of() : List.copyOf(activation);
    }

    /** The name of this version's interest. */
    public InterestRef interest() {
        return new InterestRef(id, revision);
    }

    /** What is declared, and taught beside that. */
    public SubscriptionDraft whole() {
        return taught.teachesNothing() ? draft : draft.withInterest(taught.addedTo(draft.interest()));
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
                taught,
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
                notes,
                parts);
    }

    /** The same version, its interest made by another model. */
    StoredSubscription embeddedBy(String otherModel, CompiledInterest compiled, List<String> told) {
        return new StoredSubscription(
                id,
                draft,
                taught,
                compiled.threshold(),
                InterestCompiler.learned(draft, compiled),
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
                told,
                LearnedPart.of(compiled));
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
                draft.secondStage(),
                draft.tests(),
                draft.learning(),
                taught.teachesNothing() ? null : taught,
                draft.delivery(),
                version,
                state,
                activation,
                models.idOf(model),
                backfill,
                createdAt,
                updatedAt,
                outlook,
                notes,
                toldParts());
    }

    private @Nullable List<Part> toldParts() {
        return parts.isEmpty() ? null : told(whole().interest().positives());
    }

    private List<Part> told(List<String> positives) {
        return parts.stream()
                .map(part -> new Part(
                        part.threshold(),
                        part.members().stream().map(positives::get).toList()))
                .toList();
    }
}
