package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.Decided;
import io.thoughtbus.protocol.Difference;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.SecondStageAnswer;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.Decision;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.matching.RedisAnswers;
import io.thoughtbus.server.matching.RedisAnswers.Asked;
import io.thoughtbus.server.replay.StoredComparison.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What another version of one subscription would have woken for. */
final class AsItWouldBe implements Comparing {
    private final CompiledInterest interest;
    private final Guard guard;
    private final RedisAnswers answers;
    private final String namespace;

    AsItWouldBe(CompiledInterest interest, Guard guard, RedisAnswers answers, String namespace) {
        this.interest = interest;
        this.guard = guard;
        this.answers = answers;
        this.namespace = namespace;
    }

    @Override
    public void compare(StoredFact fact, MatchSet recorded, Findings findings) {
        Decided was = Stream.concat(
                        recorded.matches().stream(),
                        recorded.inDoubt().stream().filter(match -> isAnsweredYes(fact.id(), match)))
                .filter(match -> match.interest().subscription().equals(interest.subscription()))
                .findFirst()
                .map(AsItWouldBe::decided)
                .orElse(null);
        Decided wouldBe = decide(fact);
        if (wouldBe != null) {
            findings.match();
        }
        if (was != null || wouldBe != null) {
            Kind kind = was == null ? Kind.ADDED : wouldBe == null ? Kind.LOST : Kind.KEPT;
            Difference line = new Difference(change(kind), fact.id(), interest.subscription(), was, wouldBe);
            findings.tell(kind, line);
            findings.line(line);
        }
    }

    private boolean isAnsweredYes(FactId fact, Match match) {
        Asked asked = new Asked(fact, match.interest());
        return match.interest().subscription().equals(interest.subscription())
                && answers.findAll(namespace, List.of(asked))
                        .getOrDefault(asked, SecondStageAnswer.AWAY)
                        .wakes(match.margin());
    }

    private @Nullable Decided decide(StoredFact fact) {
        if (interest.reach(fact.embedding()).margin() < 0) {
            return null;
        }
        if (fact.fact().isRetraction()) {
            return null;
        }
        Decision decision =
                interest.decide(fact.journalled(), guard.read(fact.fact().text(), fact.embedding()));
        return decision.wakes() ? decided(Match.of(ref(), interest.version(), decision.reach())) : null;
    }

    private InterestRef ref() {
        return new InterestRef(interest.subscription(), interest.revision());
    }

    private static Decided decided(Match match) {
        return new Decided(match.version(), match.score(), match.threshold(), match.part(), null);
    }

    private static Difference.Change change(Kind kind) {
        return switch (kind) {
            case ADDED -> Difference.Change.ADDED;
            case LOST -> Difference.Change.LOST;
            case KEPT -> Difference.Change.KEPT;
            case DIFFERENCES -> throw new IllegalArgumentException("no change is of the kind " + kind);
        };
    }
}
