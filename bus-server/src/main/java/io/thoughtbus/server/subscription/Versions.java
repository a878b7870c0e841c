package io.thoughtbus.server.subscription;

import io.thoughtbus.protocol.Outlook;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.SubscriptionState;
import io.thoughtbus.protocol.Taught;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestCompiler;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.interest.LearnedPart;
import io.thoughtbus.server.journal.RedisModels;
import io.thoughtbus.server.redis.RedisKeys;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;

/**
 * Brings versions of subscriptions into force and out of it. A crash may come between any two steps; all can be made
 * again, and the version before stays in force until the next one is.
 */
@Component
final class Versions {
    private static final int KEPT = 10;

    private final RedisClient redis;
    private final Interests interests;
    private final RedisActivations activations;
    private final RedisRetiring retiring;
    private final ObjectProvider<SubscriptionPart> parts;
    private final String model;
    private final Clock clock;

    Versions(
            RedisClient redis,
            Interests interests,
            RedisActivations activations,
            RedisRetiring retiring,
            ObjectProvider<SubscriptionPart> parts,
            RedisModels models,
            Clock clock) {
        this.redis = redis;
        this.interests = interests;
        this.activations = activations;
        this.retiring = retiring;
        this.parts = parts;
        this.model = models.currentTag();
        this.clock = clock;
    }

    /** Whether a subscription is in force as declared here. */
    boolean isInForce(StoredSubscription current, SubscriptionDraft draft) {
        return current.state() == SubscriptionState.ACTIVE
                && current.draft().equals(draft)
                && current.model().equals(model);
    }

    /** The next version of a subscription, not in force yet. What was declared before has had its past delivered. */
    StoredSubscription declare(
            String namespace,
            String id,
            SubscriptionDraft draft,
            Taught taught,
            Optional<StoredSubscription> before,
            CompiledInterest compiled,
            Outlook outlook,
            List<String> notes) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new StoredSubscription(
                id,
                draft,
                taught,
                compiled.threshold(),
                InterestCompiler.learned(draft, compiled),
                compiled.minded(),
                before.map(StoredSubscription::version).orElse(0) + 1,
                redis.incr(RedisKeys.registry("revision")),
                before.map(current -> kept(namespace, current)).orElse(List.of()),
                SubscriptionState.ACTIVATING,
                List.of(),
                model,
                before.filter(current -> current.draft().equals(draft))
                        .map(StoredSubscription::backfill)
                        .orElse(null),
                before.map(StoredSubscription::createdAt).orElse(now),
                now,
                outlook,
                notes,
                LearnedPart.of(compiled));
    }

    /** Brings a declared version into force on every shard, and the ones before on their way out. */
    StoredSubscription activate(String namespace, StoredSubscription declared, CompiledInterest compiled) {
        parts.forEach(part -> part.prepare(namespace, declared));
        interests.add(namespace, compiled.named(declared.interest(), declared.version()));
        StoredSubscription inForce = declared.activated(activations.activate(namespace, declared.interest()), null);
        Optional<String> backfill = Optional.ofNullable(declared.backfill())
                .or(() -> parts.stream()
                        .flatMap(part -> part.backfill(namespace, inForce).stream())
                        .findFirst());
        retiring.add(namespace, refs(declared.id(), declared.earlier()), declared.revision());
        return declared.activated(inForce.activation(), backfill.orElse(null));
    }

    /**
     * Puts a version in force again where it was before and nothing is in force any more, with all parts; whether there
     * was such a place.
     */
    boolean restore(String namespace, StoredSubscription active) {
        parts.forEach(part -> part.prepare(namespace, active));
        return activations.restore(namespace, active.interest(), active.activation()) > 0;
    }

    /**
     * Takes a subscription out of force and removes all that belongs to it but its registration. What decided facts is kept
     * for replays as long as the history needs it.
     */
    void remove(String namespace, StoredSubscription subscription) {
        activations.end(namespace, subscription.id());
        refs(subscription.id(), revisions(subscription)).forEach(ref -> {
            interests.retire(namespace, ref);
            retiring.remove(namespace, ref);
        });
        parts.forEach(part -> part.remove(namespace, subscription.id()));
    }

    private List<Long> kept(String namespace, StoredSubscription before) {
        List<Long> all = revisions(before);
        InterestRef oldest = new InterestRef(before.id(), all.get(0));
        if (all.size() <= KEPT || retiring.contains(namespace, oldest)) {
            return all;
        }
        interests.retire(namespace, oldest);
        return all.subList(1, all.size());
    }

    private static List<Long> revisions(StoredSubscription subscription) {
        return LongStream.concat(
                        subscription.earlier().stream().mapToLong(Long::longValue),
                        LongStream.of(subscription.revision()))
                .boxed()
                .toList();
    }

    private static List<InterestRef> refs(String subscription, List<Long> revisions) {
        return revisions.stream()
                .map(revision -> new InterestRef(subscription, revision))
                .toList();
    }
}
