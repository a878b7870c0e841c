package io.thoughtbus.server.feedback;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Interest;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.protocol.SubscriptionState;
import io.thoughtbus.protocol.Taught;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.journal.RedisErased;
import io.thoughtbus.server.subscription.RedisLearners;
import io.thoughtbus.server.subscription.StoredSubscription;
import io.thoughtbus.server.subscription.SubscriptionRegistry;
import io.thoughtbus.server.subscription.Subscriptions;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes new versions of subscriptions that learn by themselves. */
@Component
final class Relearning {
    private static final Logger log = LoggerFactory.getLogger(Relearning.class);

    private final Subscriptions subscriptions;
    private final SubscriptionRegistry registry;
    private final RedisLearners learners;
    private final JudgedFacts judgedFacts;
    private final RedisErased erased;
    private final UnlearnedFacts unlearned;

    Relearning(
            Subscriptions subscriptions,
            SubscriptionRegistry registry,
            RedisLearners learners,
            JudgedFacts judgedFacts,
            RedisErased erased,
            UnlearnedFacts unlearned) {
        this.subscriptions = subscriptions;
        this.registry = registry;
        this.learners = learners;
        this.judgedFacts = judgedFacts;
        this.erased = erased;
        this.unlearned = unlearned;
    }

    /**
     * Learns what verdicts teach.
     *
     * @param position of the last judgement
     */
    void fromVerdicts(SubscriptionRef ref, String position) {
        learner(ref).ifPresent(stored -> {
            Taught taught = taught(stored, judgedFacts.of(ref));
            relearn(ref, stored, taught);
            List<FactId> meanwhile = erased.among(ref.namespace(), taught.allFacts());
            if (!meanwhile.isEmpty()) {
                unlearned.unlearn(ref.namespace(), ref.id(), meanwhile);
            }
            learners.learned(ref.namespace(), ref.id(), position);
        });
    }

    /**
     * Learns what the namespace's facts teach, if the subscription has learned nothing yet.
     *
     * @return whether nothing will come of trying again soon: it has learned, now or before, or cannot
     */
    boolean fromFacts(SubscriptionRef ref) {
        Optional<StoredSubscription> learner = learner(ref);
        if (learner.isEmpty()) {
            return false;
        }
        return learner.get().draft().threshold() != null
                || !subscriptions.knowsTextAlone(learner.get())
                || relearn(ref, learner.get(), learner.get().taught());
    }

    private Optional<StoredSubscription> learner(SubscriptionRef ref) {
        Optional<StoredSubscription> stored = registry.find(ref.namespace(), ref.id());
        if (stored.filter(found -> found.draft().learnsByItself()).isEmpty()) {
            learners.forget(ref.namespace(), ref.id());
            return Optional.empty();
        }
        return stored.filter(found -> found.state() == SubscriptionState.ACTIVE);
    }

    private boolean relearn(SubscriptionRef ref, StoredSubscription stored, Taught taught) {
        try {
            boolean learned = subscriptions.relearn(ref.namespace(), stored, taught, false);
            if (learned) {
                log.info(
                        "{} has learned: version {} knows {} texts from verdicts",
                        ref,
                        stored.version() + 1,
                        taught.lessons().size());
            }
            return learned;
        } catch (ProblemException e) {
            if (e.type() != ProblemType.TESTS_FAILED) {
                throw e;
            }
            log.warn("{} stays as it is, for what it would learn fails its own tests: {}", ref, e.getMessage());
            return true;
        }
    }

    private static Taught taught(StoredSubscription stored, JudgedFacts.Texts judged) {
        Interest declared = stored.draft().interest();
        return new Taught(Stream.concat(
                        lessons(judged, true, stored, declared.examples().size()),
                        lessons(
                                judged,
                                false,
                                stored,
                                declared.counterexamples().size()))
                .toList());
    }

    /** What was judged so, the newest first, and what was judged so before and not otherwise since. */
    private static Stream<Taught.Lesson> lessons(
            JudgedFacts.Texts judged, boolean says, StoredSubscription stored, int declaredSo) {
        Interest declared = stored.draft().interest();
        Map<String, Taught.Lesson> lessons = new LinkedHashMap<>();
        judged.called(says).forEach(lesson -> lessons.put(lesson.text(), lesson));
        stored.taught().lessons().stream()
                .filter(lesson -> lesson.relevant() == says)
                .filter(lesson -> judged.relevant().getOrDefault(lesson.text(), says) == says)
                .filter(lesson -> !judged.contradictions().contains(lesson.text()))
                .forEach(lesson -> lessons.putIfAbsent(lesson.text(), lesson));
        return lessons.values().stream()
                .filter(lesson -> !declared.positives().contains(lesson.text())
                        && !declared.counterexamples().contains(lesson.text()))
                .limit(Math.max(0, Limits.EXAMPLES - declaredSo));
    }
}
