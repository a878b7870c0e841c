package io.thoughtbus.server.explain;

import io.thoughtbus.protocol.SecondStageAnswer;
import io.thoughtbus.server.asking.Wording;
import io.thoughtbus.server.guard.Reading;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.Decision;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.judge.BoundedJudge;
import io.thoughtbus.server.judge.Question;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.matching.RedisAnswers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds what the second stage says about a fact: as recorded, or, about a mere text, by asking it. */
@Component
final class SecondOpinions {
    private final RedisAnswers answers;
    private final BoundedJudge judge;
    private final Wording wording;

    SecondOpinions(RedisAnswers answers, BoundedJudge judge, Wording wording) {
        this.answers = answers;
        this.judge = judge;
        this.wording = wording;
    }

    /** What became of the matches in doubt of a fact's record. */
    Map<InterestRef, SecondStageAnswer> recorded(String namespace, List<MatchSet> recorded) {
        Map<InterestRef, SecondStageAnswer> found = new HashMap<>();
        for (MatchSet set : recorded) {
            if (!set.inDoubt().isEmpty()) {
                set.inDoubt().forEach(match -> found.put(match.interest(), SecondStageAnswer.PENDING));
                found.putAll(answers.about(namespace, set.fact()));
            }
        }
        return found;
    }

    /** What is answered now for those interests that are in doubt about a text. */
    Map<InterestRef, SecondStageAnswer> asked(
            String namespace, JournalledFact text, Reading reading, Map<InterestRef, CompiledInterest> interests) {
        List<InterestRef> inDoubt = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        interests.forEach((ref, interest) -> {
            if (interest.decide(text, reading).isInDoubt()) {
                inDoubt.add(ref);
                questions.add(wording.question(text, Objects.requireNonNull(interest.doubt())));
            }
        });
        List<SecondStageAnswer> given = judge.ask(namespace, questions);
        Map<InterestRef, SecondStageAnswer> found = new HashMap<>();
        for (int i = 0; i < inDoubt.size(); i++) {
            found.put(inDoubt.get(i), given.get(i));
        }
        return found;
    }

    /** Whom a fact woke, by its record and the answers to what was in doubt. */
    static Set<String> woken(List<MatchSet> recorded, Map<InterestRef, SecondStageAnswer> answers) {
        return recorded.stream()
                .flatMap(set -> Stream.concat(
                        set.matches().stream(),
                        set.inDoubt().stream()
                                .filter(match -> answers.getOrDefault(match.interest(), SecondStageAnswer.PENDING)
                                        .wakes(match.margin()))))
                .map(match -> match.interest().subscription())
                .collect(Collectors.toSet());
    }

    /** The answer as the end of a sentence; nothing where the margin decides. */
    static String reason(Decision decision, @Nullable SecondStageAnswer answer) {
        if (!decision.isInDoubt() || answer == null) {
            return "";
        }
        return switch (answer.outcome()) {
            case PENDING -> ", which is in doubt: the second stage is still to be asked";
            case AWAY -> ", which is in doubt, and decides because the second stage was away";
            case YES, NO ->
                String.format(
                        Locale.ROOT,
                        ", which is in doubt: %s gives it a probability of %.2f",
                        answer.judge(),
                        answer.probability());
        };
    }
}
