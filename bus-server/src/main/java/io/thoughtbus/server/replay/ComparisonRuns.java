package io.thoughtbus.server.replay;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.RedisModels;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.WholeJournal;
import io.thoughtbus.server.matching.RedisAnswers;
import io.thoughtbus.server.matching.WholeRecord;
import io.thoughtbus.server.subscription.RedisActivations;
import io.thoughtbus.server.subscription.ShardHistory;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Makes replays of namespaces ready to run, from the start or from where they stopped. */
@Component
final class ComparisonRuns {
    private final RedisComparisons comparisons;
    private final WholeJournal journal;
    private final WholeRecord record;
    private final RedisAnswers answers;
    private final RedisActivations activations;
    private final Interests interests;
    private final RedisModels models;
    private final Shards shards;
    private final Embedder embedder;
    private final Guard guard;
    private final Clock clock;

    ComparisonRuns(
            RedisComparisons comparisons,
            WholeJournal journal,
            WholeRecord record,
            RedisAnswers answers,
            RedisActivations activations,
            Interests interests,
            RedisModels models,
            Shards shards,
            Embedder embedder,
            Guard guard,
            Clock clock) {
        this.comparisons = comparisons;
        this.journal = journal;
        this.record = record;
        this.answers = answers;
        this.activations = activations;
        this.interests = interests;
        this.models = models;
        this.shards = shards;
        this.embedder = embedder;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * A run that goes on from where a replay stands.
     *
     * @throws IncompleteHistoryException if it cannot be gone on with
     */
    ComparisonRun of(StoredComparison replay) {
        StoredComparison.Plan plan = replay.plan();
        String namespace = replay.ref().namespace();
        return new ComparisonRun(
                comparisons,
                new JournalReader(
                        journal,
                        shards,
                        namespace,
                        plan.range(),
                        replay.progress().read()),
                new RecordReader(
                        record,
                        shards,
                        namespace,
                        plan.range(),
                        replay.progress().read()),
                new Selection(plan.choice(), embedder),
                comparing(namespace, plan),
                clock,
                replay);
    }

    private Comparing comparing(String namespace, StoredComparison.Plan plan) {
        Hypothesis hypothesis = plan.hypothesis();
        if (hypothesis == null) {
            Set<String> subscriptions = Set.copyOf(plan.subscriptions());
            return new AsItWas(
                    new Panels(interests, namespace, models.currentTag(), histories(namespace), subscriptions),
                    guard,
                    subscriptions);
        }
        if (!hypothesis.model().equals(models.currentTag())) {
            throw new IncompleteHistoryException("the model has changed since the replay was asked for; ask again");
        }
        return new AsItWouldBe(
                hypothesis.compiled(Objects.requireNonNull(plan.subscription())), guard, answers, namespace);
    }

    private List<ShardHistory> histories(String namespace) {
        return shards.all()
                .mapToObj(shard -> activations.history(namespace, shard))
                .toList();
    }
}
