package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.ComparisonDraft;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestCompiler;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.RedisModels;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.subscription.RedisActivations;
import io.thoughtbus.server.subscription.ShardHistory;
import io.thoughtbus.server.subscription.Subscriptions;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Compiles what is to decide as it would be. */
@Component
final class Hypotheses {
    private final InterestCompiler compiler;
    private final Interests interests;
    private final RedisActivations activations;
    private final RedisModels models;
    private final Shards shards;

    Hypotheses(
            InterestCompiler compiler,
            Interests interests,
            RedisActivations activations,
            RedisModels models,
            Shards shards) {
        this.compiler = compiler;
        this.interests = interests;
        this.activations = activations;
        this.models = models;
        this.shards = shards;
    }

    /** What a wish for a replay as it would be says. */
    Hypothesis of(String namespace, ComparisonDraft draft) {
        String subscription = Objects.requireNonNull(draft.subscription());
        SubscriptionDraft declaration = draft.draft();
        CompiledInterest compiled = declaration != null
                ? compiler.compile(namespace, subscription, declaration)
                : version(namespace, subscription, Objects.requireNonNull(draft.version()));
        return Hypothesis.of(compiled, models.currentTag());
    }

    /** The ids of all subscriptions that there are, or were as far as is known. */
    Set<String> subscriptions(String namespace) {
        return spans(namespace).map(span -> span.version().subscription()).collect(Collectors.toSet());
    }

    /** Of a subscription that was deleted and declared again, the last one that had so many versions. */
    private CompiledInterest version(String namespace, String subscription, int version) {
        Set<InterestRef> refs = Stream.concat(
                        spans(namespace).map(ShardHistory.Span::version), interests.retired(namespace).stream())
                .filter(ref -> ref.subscription().equals(subscription))
                .collect(Collectors.toSet());
        if (refs.isEmpty()) {
            throw Subscriptions.notFound(subscription);
        }
        Collection<CompiledInterest> kept = interests.findAll(namespace, refs).values();
        return kept.stream()
                .filter(interest -> interest.version() == version)
                .max(Comparator.comparingLong(CompiledInterest::revision))
                .orElseThrow(() -> new InvalidFieldException(
                        "version", "must be one that is kept, " + versions(kept) + ", but was " + version));
    }

    private Stream<ShardHistory.Span> spans(String namespace) {
        return shards.all().boxed().flatMap(shard -> activations.history(namespace, shard).spans().stream());
    }

    private static List<Integer> versions(Collection<CompiledInterest> kept) {
        return kept.stream().map(CompiledInterest::version).distinct().sorted().toList();
    }
}
