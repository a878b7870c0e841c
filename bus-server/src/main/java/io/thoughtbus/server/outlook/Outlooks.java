package io.thoughtbus.server.outlook;

import io.thoughtbus.protocol.Expectation;
import io.thoughtbus.protocol.Neighbour;
import io.thoughtbus.protocol.Outlook;
import io.thoughtbus.protocol.Part;
import io.thoughtbus.protocol.Preview;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.TestFailure;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestCompiler;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.learning.CrossValidation;
import io.thoughtbus.server.recent.NewestFacts;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what a subscriber may expect of a draft. */
@Component
public final class Outlooks {
    private static final int NEAREST = 3;

    /** Some may be versions that are on their way out. */
    private static final int LOOKED_AT = 20;

    private static final int FORECAST_FACTS = 1_000;

    private final InterestCompiler compiler;
    private final CrossValidation validation;
    private final DraftTests tests;
    private final NewestFacts recent;
    private final Interests interests;
    private final RedisInterestIndex index;
    private final Namespaces namespaces;

    Outlooks(
            InterestCompiler compiler,
            CrossValidation validation,
            DraftTests tests,
            NewestFacts recent,
            Interests interests,
            RedisInterestIndex index,
            Namespaces namespaces) {
        this.compiler = compiler;
        this.validation = validation;
        this.tests = tests;
        this.recent = recent;
        this.interests = interests;
        this.index = index;
        this.namespaces = namespaces;
    }

    /** What to expect of a compiled draft, with a forecast from the newest thousand facts. */
    public Outlook outlook(String namespace, String id, SubscriptionDraft draft, CompiledInterest compiled) {
        Tally tally = new Tally(compiled, null);
        recent.forEach(namespace, FORECAST_FACTS, tally::add);
        return outlook(namespace, id, draft, compiled, tally);
    }

    /** The sentences of a draft's tests that its interest does not judge as wished. */
    public List<TestFailure> failures(SubscriptionDraft draft, CompiledInterest compiled) {
        return tests.failures(draft, compiled);
    }

    /**
     * What a draft would do.
     *
     * @param current what is in force now, if anything is
     * @param facts how many of the newest facts to look at
     */
    public Preview preview(
            String namespace, String id, SubscriptionDraft draft, Optional<InterestRef> current, int facts) {
        CompiledInterest compiled = compiler.compile(namespace, id, draft);
        @Nullable
        CompiledInterest before =
                current.flatMap(ref -> interests.find(namespace, ref)).orElse(null);
        Tally tally = new Tally(compiled, before);
        recent.forEach(namespace, facts, tally::add);
        return new Preview(
                compiled.threshold(),
                List.copyOf(compiled.minded()),
                tests.failures(draft, compiled),
                outlook(namespace, id, draft, compiled, tally),
                tally.histogram(),
                tally.above(),
                tally.below(),
                tally.gained(),
                tally.lost(),
                parts(draft, compiled));
    }

    /** How the newest facts lie to what is in force. */
    public Preview inForce(String namespace, InterestRef ref, int facts) {
        CompiledInterest compiled = interests
                .find(namespace, ref)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INDEX_INCOMPLETE, "the subscription is being brought into force; ask again"));
        Tally tally = new Tally(compiled, null);
        recent.forEach(namespace, facts, tally::add);
        return new Preview(
                compiled.threshold(),
                List.copyOf(compiled.minded()),
                List.of(),
                new Outlook(null, tally.forecast(), nearest(namespace, ref.subscription(), compiled)),
                tally.histogram(),
                tally.above(),
                tally.below(),
                List.of(),
                List.of(),
                List.of());
    }

    private static List<Part> parts(SubscriptionDraft draft, CompiledInterest compiled) {
        List<String> positives = draft.interest().positives();
        return compiled.parts().size() == 1
                ? List.of()
                : compiled.parts().stream()
                        .map(part -> new Part(
                                part.threshold(),
                                part.members().stream().map(positives::get).toList()))
                        .toList();
    }

    private Outlook outlook(
            String namespace, String id, SubscriptionDraft draft, CompiledInterest compiled, Tally tally) {
        return new Outlook(expected(namespace, id, draft), tally.forecast(), nearest(namespace, id, compiled));
    }

    private @Nullable Expectation expected(String namespace, String id, SubscriptionDraft draft) {
        if (draft.threshold() != null || draft.interest().positives().size() < CrossValidation.FEWEST) {
            return null;
        }
        CrossValidation.Counts counts = validation.judge(compiler.teaching(namespace, id, draft), draft.aim());
        int waking = counts.positivesWaking() + counts.othersWaking();
        return new Expectation(
                Proportion.of(counts.positivesWaking(), counts.positives()),
                Proportion.atLeast(counts.positivesWaking(), counts.positives()),
                Proportion.of(counts.positivesWaking(), waking),
                Proportion.atLeast(counts.positivesWaking(), waking),
                Proportion.of(counts.neutralWaking(), counts.neutral()));
    }

    private List<Neighbour> nearest(String namespace, String id, CompiledInterest compiled) {
        if (!namespaces.exists(namespace)) {
            return List.of();
        }
        Map<String, InterestRef> newest = index.alike(namespace, compiled.direction(), LOOKED_AT).stream()
                .filter(ref -> !ref.subscription().equals(id))
                .collect(Collectors.toMap(
                        InterestRef::subscription,
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparingLong(InterestRef::revision))));
        return interests.findAll(namespace, newest.values()).values().stream()
                .map(other ->
                        new Neighbour(other.subscription(), compiled.direction().dot(other.direction())))
                .sorted(Comparator.comparingDouble(Neighbour::likeness).reversed())
                .limit(NEAREST)
                .toList();
    }
}
