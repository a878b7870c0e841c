package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Aim;
import io.thoughtbus.protocol.Interest;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.guard.Reading;
import io.thoughtbus.server.learning.InterestLearner;
import io.thoughtbus.server.learning.Learned;
import io.thoughtbus.server.learning.LearnedCluster;
import io.thoughtbus.server.learning.PartLearner;
import io.thoughtbus.server.learning.Rivals;
import io.thoughtbus.server.learning.Teaching;
import io.thoughtbus.server.learning.Unlabelled;
import io.thoughtbus.server.recent.NewestFacts;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes directions and thresholds of what an interest says. A text alone is its own direction, so that the score is a
 * cosine; with examples or counterexamples both are learned, for each part of the interest.
 */
@Component
public final class InterestCompiler {
    /** How much higher than usual the cosine of a text alone must be for precision, or lower for recall. */
    private static final double AIM_SHIFT = 0.1;

    private final Embedder embedder;
    private final InterestLearner learner;
    private final PartLearner partLearner;
    private final Guard guard;
    private final RedisExamples examples;
    private final NewestFacts newest;
    private final double usualThreshold;

    InterestCompiler(
            Embedder embedder,
            InterestLearner learner,
            PartLearner partLearner,
            Guard guard,
            RedisExamples examples,
            NewestFacts newest,
            InterestProperties properties) {
        this.embedder = embedder;
        this.learner = learner;
        this.partLearner = partLearner;
        this.guard = guard;
        this.examples = examples;
        this.newest = newest;
        this.usualThreshold = properties.threshold();
    }

    /**
     * The interest compiled. What is learned depends on the interests that the namespace has.
     *
     * @throws InvalidFieldException if the filter is none, or the texts cancel each other out
     */
    public CompiledInterest compile(String namespace, String subscription, SubscriptionDraft draft) {
        Interest interest = draft.interest();
        Filter filter = draft.filter() == null ? null : Filter.compile(draft.filter());
        List<Embedding> positives = embedder.embedAll(interest.positives());
        Set<Qualifier> minded = minded(draft, positives);
        Optional<Teaching> teaching = interest.teaches()
                ? Optional.of(teaching(namespace, subscription, interest, positives, minded))
                : unlabelled(namespace, subscription, draft, positives);
        return new CompiledInterest(
                subscription,
                0,
                0,
                teaching.map(taught -> learned(taught, draft)).orElseGet(() -> ofText(positives.get(0), draft)),
                filter,
                minded,
                Doubt.of(interest, draft.secondStage()));
    }

    /** One part where the threshold is given: it is that of one score. */
    private List<InterestPart> learned(Teaching teaching, SubscriptionDraft draft) {
        if (draft.threshold() != null) {
            Learned learned = learner.learn(teaching, draft.aim());
            return List.of(new InterestPart(learned.direction(), draft.threshold(), List.of()));
        }
        return partLearner.learn(teaching, draft.aim()).stream()
                .map(InterestCompiler::part)
                .toList();
    }

    private static InterestPart part(LearnedCluster cluster) {
        return new InterestPart(cluster.learned().direction(), cluster.learned().threshold(), cluster.members());
    }

    private List<InterestPart> ofText(Embedding text, SubscriptionDraft draft) {
        double threshold = draft.threshold() == null ? usual(text, draft.aim()) : draft.threshold();
        return List.of(new InterestPart(text, threshold, List.of()));
    }

    /** What a text alone is learned from that learns by itself, where the namespace has enough. */
    private Optional<Teaching> unlabelled(
            String namespace, String subscription, SubscriptionDraft draft, List<Embedding> positives) {
        if (!draft.learnsByItself() || draft.threshold() != null) {
            return Optional.empty();
        }
        List<Embedding> rivals = examples.nearest(namespace, subscription, positives).stream()
                .filter(other -> !Rivals.of(positives, List.of(other)).isEmpty())
                .map(Embedding::mean)
                .toList();
        if (rivals.size() < Unlabelled.FEWEST_RIVALS) {
            return Optional.empty();
        }
        List<Embedding> facts = new ArrayList<>();
        newest.forEach(namespace, Unlabelled.MOST, (fact, reading) -> facts.add(fact.embedding()));
        return facts.size() < Unlabelled.FEWEST
                ? Optional.empty()
                : Optional.of(new Unlabelled(facts).teach(positives.get(0), rivals));
    }

    private double usual(Embedding direction, @Nullable Aim aim) {
        if (aim == null) {
            return usualThreshold;
        }
        return aim.share() != null
                ? learner.quiet(direction, aim.share())
                : usualThreshold + (aim.equals(Aim.PRECISION) ? AIM_SHIFT : -AIM_SHIFT);
    }

    /** What the interest of a draft would be learned from now. */
    public Teaching teaching(String namespace, String subscription, SubscriptionDraft draft) {
        List<Embedding> positives = embedder.embedAll(draft.interest().positives());
        return teaching(namespace, subscription, draft.interest(), positives, minded(draft, positives));
    }

    private Teaching teaching(
            String namespace,
            String subscription,
            Interest interest,
            List<Embedding> positives,
            Set<Qualifier> minded) {
        try {
            Embedding.mean(positives);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException("interest", "must not consist of texts that cancel each other out");
        }
        List<Embedding> counterexamples = embedder.embedAll(interest.counterexamples());
        List<Reading> readings = readings(interest.counterexamples(), counterexamples);
        List<Embedding> letThrough = new ArrayList<>();
        List<Embedding> stopped = new ArrayList<>();
        for (int i = 0; i < counterexamples.size(); i++) {
            (readings.get(i).stop(minded).isEmpty() ? letThrough : stopped).add(counterexamples.get(i));
        }
        List<List<Embedding>> others = examples.nearest(namespace, subscription, positives);
        return new Teaching(positives, letThrough, stopped, Rivals.of(positives, others));
    }

    /** What of an interest's own text and examples its guard stops, with the reason. */
    public Map<String, Qualifier> ownStopped(SubscriptionDraft draft, CompiledInterest compiled) {
        List<String> texts = draft.interest().positives();
        List<Reading> readings = readings(texts, embedder.embedAll(texts));
        Map<String, Qualifier> stopped = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            readings.get(i).stop(compiled.minded()).ifPresent(by -> stopped.put(text, by));
        }
        return stopped;
    }

    private Set<Qualifier> minded(SubscriptionDraft draft, List<Embedding> positives) {
        return draft.asksForGuard() ? Guard.minded(readings(draft.interest().positives(), positives)) : Set.of();
    }

    private List<Reading> readings(List<String> texts, List<Embedding> embeddings) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> guard.read(texts.get(i), embeddings.get(i)))
                .toList();
    }

    /**
     * An interest compiled as it was before by the same model.
     *
     * @param learned its direction as {@link #learned} gave it; absent for a text alone
     * @param parts of which it consists; none where it is one, which has the direction and the threshold
     * @param minded what the guard stopped
     */
    public CompiledInterest again(
            InterestRef name,
            int version,
            SubscriptionDraft draft,
            @Nullable String learned,
            double threshold,
            List<LearnedPart> parts,
            Set<Qualifier> minded) {
        return new CompiledInterest(
                name.subscription(),
                name.revision(),
                version,
                parts.isEmpty()
                        ? List.of(new InterestPart(direction(draft, learned), threshold, List.of()))
                        : parts.stream().map(LearnedPart::toPart).toList(),
                draft.filter() == null ? null : Filter.compile(draft.filter()),
                minded,
                Doubt.of(draft.interest(), draft.secondStage()));
    }

    private Embedding direction(SubscriptionDraft draft, @Nullable String learned) {
        return learned == null
                ? embedder.embedAll(draft.interest().positives()).get(0)
                : Embedding.fromBytes(Base64.getDecoder().decode(learned));
    }

    /** The direction of the first part, to be kept with a version, as base64 of little-endian FLOAT32; none if it is always the text's. */
    public static @Nullable String learned(SubscriptionDraft draft, CompiledInterest compiled) {
        return draft.mayLearn()
                ? Base64.getEncoder().encodeToString(compiled.direction().toBytes())
                : null;
    }

    /** Whether an interest that was kept as this direction is still that of its text and nothing else. */
    public boolean isOfTextAlone(SubscriptionDraft draft, @Nullable String learned) {
        return !draft.interest().teaches()
                && (learned == null
                        || learned.equals(Base64.getEncoder()
                                .encodeToString(
                                        embedder.embedAll(draft.interest().positives())
                                                .get(0)
                                                .toBytes())));
    }

    /** Lets the interests that are learned from now on keep away from what this one is in. */
    public void keep(String namespace, String subscription, SubscriptionDraft draft) {
        Interest interest = draft.interest();
        if (draft.mayLearn()) {
            examples.keep(
                    namespace,
                    subscription,
                    embedder.embedAll(interest.positives()),
                    embedder.embedAll(interest.counterexamples()));
        } else {
            examples.forget(namespace, subscription);
        }
    }

    /** The embeddings of an interest in force: as they were kept, or made again where they were not. */
    public Known known(String namespace, String subscription, Interest interest) {
        List<Embedding> positives = examples.positives(namespace, subscription);
        List<Embedding> counterexamples = examples.counterexamples(namespace, subscription);
        return new Known(
                positives.size() == interest.positives().size() ? positives : embedder.embedAll(interest.positives()),
                counterexamples.size() == interest.counterexamples().size()
                        ? counterexamples
                        : embedder.embedAll(interest.counterexamples()));
    }

    /** Forgets what an interest was in. */
    public void forget(String namespace, String subscription) {
        examples.forget(namespace, subscription);
    }

    /** The embeddings of an interest's text and examples, and of its counterexamples, each in their order. */
    public record Known(List<Embedding> positives, List<Embedding> counterexamples) {}
}
