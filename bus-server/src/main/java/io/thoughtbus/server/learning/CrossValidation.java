package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Aim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells how well an interest is learned: in five rounds, a fifth of its positives and of its counterexamples is judged by
 * what was learned from the others. Which fifth follows from the order in which they were given.
 */
@Component
public final class CrossValidation {
    /** With fewer positives there is nothing to tell. */
    public static final int FEWEST = 5;

    private static final int ROUNDS = 5;

    private final PartLearner learner;
    private final Background background;

    CrossValidation(PartLearner learner, Background background) {
        this.learner = learner;
        this.background = background;
    }

    /** How what this teaches would be judged; at least {@value #FEWEST} positives. */
    public Counts judge(Teaching teaching, @Nullable Aim aim) {
        Counts counts = new Counts(0, 0, 0, 0, 0, 0);
        int parts = learner.parts(teaching);
        for (int round = 0; round < ROUNDS; round++) {
            List<LearnedCluster> learned = learner.learn(
                    new Teaching(
                            part(teaching.positives(), round, false),
                            part(teaching.counterexamples(), round, false),
                            teaching.stopped(),
                            teaching.rivals(),
                            teaching.near(),
                            teaching.far()),
                    aim,
                    parts);
            List<Embedding> others = new ArrayList<>(part(teaching.counterexamples(), round, true));
            others.addAll(part(teaching.rivals(), round, true));
            counts = counts.and(new Counts(
                    part(teaching.positives(), round, true).size(),
                    waking(learned, part(teaching.positives(), round, true)),
                    others.size(),
                    waking(learned, others),
                    background.embeddings().size(),
                    waking(learned, background.embeddings())));
        }
        return counts;
    }

    private static List<Embedding> part(List<Embedding> all, int round, boolean judged) {
        return IntStream.range(0, all.size())
                .filter(i -> i % ROUNDS == round == judged)
                .mapToObj(all::get)
                .toList();
    }

    private static int waking(List<LearnedCluster> learned, List<Embedding> facts) {
        return (int) facts.stream()
                .filter(fact -> learned.stream().map(LearnedCluster::learned).anyMatch(part -> part.wakes(fact)))
                .count();
    }

    /**
     * What became of the facts judged.
     *
     * @param positives facts that should wake
     * @param positivesWaking those of them that do
     * @param others counterexamples, and facts that other interests are in
     * @param neutral neutral facts, judged in each round
     */
    public record Counts(
            int positives, int positivesWaking, int others, int othersWaking, int neutral, int neutralWaking) {
        private Counts and(Counts more) {
            return new Counts(
                    positives + more.positives,
                    positivesWaking + more.positivesWaking,
                    others + more.others,
                    othersWaking + more.othersWaking,
                    neutral + more.neutral,
                    neutralWaking + more.neutralWaking);
        }
    }
}
