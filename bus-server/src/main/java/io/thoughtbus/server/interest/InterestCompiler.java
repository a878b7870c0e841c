package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Interest;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.server.learning.InterestLearner;
import io.thoughtbus.server.learning.Learned;
import io.thoughtbus.server.learning.Rivals;
import io.thoughtbus.server.learning.Teaching;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes a direction and a threshold of what an interest says. A text alone is its own direction, so that the score is a
 * cosine; with examples or counterexamples both are learned.
 */
@Component
public final class InterestCompiler {
    private final Embedder embedder;
    private final InterestLearner learner;
    private final RedisExamples examples;
    private final double usualThreshold;

    InterestCompiler(
            Embedder embedder, InterestLearner learner, RedisExamples examples, InterestProperties properties) {
        this.embedder = embedder;
        this.learner = learner;
        this.examples = examples;
        this.usualThreshold = properties.threshold();
    }

    /**
     * The interest compiled. What is learned depends on the interests that the namespace has.
     *
     * @param threshold the lowest score that wakes; absent lets the bus choose
     * @param filter in CEL; absent lets everything pass
     * @throws InvalidFieldException if the filter is none, or the texts cancel each other out
     */
    public CompiledInterest compile(
            String namespace,
            String subscription,
            Interest interest,
            @Nullable Double threshold,
            @Nullable String filter) {
        Filter compiled = filter == null ? null : Filter.compile(filter);
        List<Embedding> positives = embedder.embedAll(interest.positives());
        if (!interest.teaches()) {
            double own = threshold == null ? usualThreshold : threshold;
            return new CompiledInterest(subscription, 0, 0, positives.get(0), own, compiled);
        }
        Learned learned = learn(namespace, subscription, positives, embedder.embedAll(interest.counterexamples()));
        double own = threshold == null ? learned.threshold() : threshold;
        return new CompiledInterest(subscription, 0, 0, learned.direction(), own, compiled);
    }

    private Learned learn(
            String namespace, String subscription, List<Embedding> positives, List<Embedding> counterexamples) {
        try {
            Embedding.mean(positives);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException("interest", "must not consist of texts that cancel each other out");
        }
        List<List<Embedding>> others = examples.nearest(namespace, subscription, positives);
        return learner.learn(new Teaching(positives, counterexamples, Rivals.of(positives, others)));
    }

    /**
     * An interest compiled as it was before by the same model.
     *
     * @param learned its direction as {@link #learned} gave it; absent for a text alone
     */
    public CompiledInterest again(
            InterestRef name,
            int version,
            Interest interest,
            @Nullable String learned,
            double threshold,
            @Nullable String filter) {
        return new CompiledInterest(
                name.subscription(),
                name.revision(),
                version,
                learned == null
                        ? embedder.embedAll(interest.positives()).get(0)
                        : Embedding.fromBytes(Base64.getDecoder().decode(learned)),
                threshold,
                filter == null ? null : Filter.compile(filter));
    }

    /** The direction to be kept with a version, as base64 of little-endian FLOAT32; none for a text alone. */
    public static @Nullable String learned(Interest interest, CompiledInterest compiled) {
        return interest.teaches()
                ? Base64.getEncoder().encodeToString(compiled.direction().toBytes())
                : null;
    }

    /** Lets the interests that are learned from now on keep away from what this one is in. */
    public void keep(String namespace, String subscription, Interest interest) {
        if (interest.teaches()) {
            examples.keep(namespace, subscription, embedder.embedAll(interest.positives()));
        } else {
            examples.forget(namespace, subscription);
        }
    }

    /** Forgets what an interest was in. */
    public void forget(String namespace, String subscription) {
        examples.forget(namespace, subscription);
    }
}
