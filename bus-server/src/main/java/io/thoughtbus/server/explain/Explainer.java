package io.thoughtbus.server.explain;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.protocol.ExplainRequest;
import io.thoughtbus.protocol.Explanation;
import io.thoughtbus.protocol.ExplanationDetail;
import io.thoughtbus.protocol.Explanations;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Qualification;
import io.thoughtbus.protocol.SecondStageAnswer;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.guard.Reading;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.Decision;
import io.thoughtbus.server.interest.FilterOutcome;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.matching.RedisMatchJournal;
import io.thoughtbus.server.subscription.StoredSubscription;
import io.thoughtbus.server.subscription.SubscriptionRegistry;
import io.thoughtbus.server.subscription.Subscriptions;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the decision about a fact into numbers and a sentence. */
@Component
public final class Explainer {
    private static final int NEAREST = 10;

    private final Embedder embedder;
    private final Namespaces namespaces;
    private final RedisJournal journal;
    private final RedisInterestIndex index;
    private final Interests interests;
    private final Guard guard;
    private final SubscriptionRegistry registry;
    private final RedisMatchJournal record;
    private final SecondOpinions opinions;
    private final Detailer detailer;
    private final Clock clock;

    Explainer(
            Embedder embedder,
            Namespaces namespaces,
            RedisJournal journal,
            RedisInterestIndex index,
            Interests interests,
            Guard guard,
            SubscriptionRegistry registry,
            RedisMatchJournal record,
            SecondOpinions opinions,
            Detailer detailer,
            Clock clock) {
        this.embedder = embedder;
        this.namespaces = namespaces;
        this.journal = journal;
        this.index = index;
        this.interests = interests;
        this.guard = guard;
        this.registry = registry;
        this.record = record;
        this.opinions = opinions;
        this.detailer = detailer;
        this.clock = clock;
    }

    /** Why a statement or a fact wakes, nearly wakes, or does not wake subscriptions. */
    public Explanations explain(String namespace, ExplainRequest request) {
        String model = embedder.modelId().toString();
        if (!namespaces.exists(namespace)) {
            return new Explanations(model, List.of());
        }
        JournalledFact fact = fact(namespace, request);
        List<MatchSet> recorded = request.fact() == null
                ? null
                : record.range(namespace, request.fact().shard(), request.fact(), request.fact());
        Map<InterestRef, CompiledInterest> compiled =
                interests.findAll(namespace, refs(namespace, request.subscription(), fact));
        Reading reading = guard.read(fact.fact().text(), fact.embedding());
        Map<InterestRef, SecondStageAnswer> answers = recorded == null
                ? opinions.asked(namespace, fact, reading, compiled)
                : opinions.recorded(namespace, recorded);
        Set<String> woken = recorded == null ? null : SecondOpinions.woken(recorded, answers);
        return new Explanations(
                model,
                compiled.values().stream()
                        .map(interest -> explanation(
                                interest,
                                fact,
                                reading,
                                answers.get(new InterestRef(interest.subscription(), interest.revision())),
                                woken,
                                detail(namespace, request.subscription(), interest, fact)))
                        .sorted(Comparator.comparingDouble(Explanation::margin)
                                .reversed()
                                .thenComparing(Explanation::subscription))
                        .toList());
    }

    private List<InterestRef> refs(String namespace, @Nullable String subscription, JournalledFact fact) {
        if (subscription != null) {
            return List.of(registry.find(namespace, subscription)
                    .map(StoredSubscription::interest)
                    .orElseThrow(() -> Subscriptions.notFound(subscription)));
        }
        return index.nearest(namespace, fact.embedding(), NEAREST).stream()
                .filter(ref -> registry.find(namespace, ref.subscription())
                        .filter(found -> found.revision() == ref.revision())
                        .isPresent())
                .toList();
    }

    private JournalledFact fact(String namespace, ExplainRequest request) {
        if (request.fact() != null) {
            FactId id = request.fact();
            return journal.find(namespace, List.of(id))
                    .get(0)
                    .filter(found -> !found.fact().isRetraction())
                    .orElseThrow(
                            () -> new ProblemException(ProblemType.FACT_NOT_FOUND, "the journal holds no fact " + id));
        }
        String text = Objects.requireNonNull(request.text());
        Instant now = clock.instant();
        Fact statement = new Fact(
                new FactId(0, 0, 0),
                text,
                null,
                Map.of(),
                "anonymous",
                null,
                now,
                now,
                now,
                null,
                0,
                null,
                embedder.modelId().toString());
        return new JournalledFact(statement, embedder.embed(text));
    }

    private static Explanation explanation(
            CompiledInterest interest,
            JournalledFact fact,
            Reading reading,
            @Nullable SecondStageAnswer answer,
            @Nullable Set<String> woken,
            @Nullable ExplanationDetail detail) {
        Decision decision = interest.decide(fact, reading);
        FilterOutcome filter = interest.filter() == null
                ? FilterOutcome.PASSED
                : interest.filter().test(fact.fact());
        List<Qualification> guarded = reading.qualifications(interest.minded());
        double margin = decision.margin();
        return new Explanation(
                interest.subscription(),
                interest.version(),
                decision.reach().score(),
                decision.reach().threshold(),
                decision.reach().part(),
                decision.reach().part() == null ? null : interest.parts().size(),
                margin,
                interest.filter() == null ? null : filter.passes(),
                guarded.isEmpty() ? null : guarded,
                decision.isInDoubt() ? answer : null,
                (decision.isInDoubt() && answer != null) ? answer.wakes(margin) : decision.wakes(),
                woken == null ? null : woken.contains(interest.subscription()),
                detail,
                reason(margin, filter, guarded) + SecondOpinions.reason(decision, answer));
    }

    private @Nullable ExplanationDetail detail(
            String namespace, @Nullable String subscription, CompiledInterest compiled, JournalledFact fact) {
        return subscription == null
                ? null
                : registry.find(namespace, subscription)
                        .map(stored -> detailer.detail(namespace, stored.whole().interest(), compiled, fact))
                        .orElse(null);
    }

    private static String reason(double margin, FilterOutcome filter, List<Qualification> guarded) {
        String score = String.format(
                Locale.ROOT, "the score is %.3f %s the threshold", Math.abs(margin), margin < 0 ? "below" : "above");
        String stops = guarded.stream()
                .filter(Qualification::stops)
                .max(Comparator.comparingDouble(reading -> reading.logOdds() - reading.limit()))
                .map(reading -> String.format(
                        Locale.ROOT,
                        ", and the guard reads the fact as %s (log-odds %.1f, limit %.1f)",
                        reading.qualifier().meaning(),
                        reading.logOdds(),
                        reading.limit()))
                .orElse("");
        return filter.passes() ? score + stops : score + ", and " + filter.reason() + stops;
    }
}
