package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tries whether several parts tell facts apart better than one. In each of four rounds a quarter of the positives is held
 * back and ranked among the hardest negatives, by what the other positives teach as one part and as several. It is a trial:
 * it learns roughly, and from the hardest negatives alone; learned roughly, one part finds it harder to make do for several.
 */
final class PartTrial {
    private static final int ROUNDS = 4;
    private static final int HARDEST = 256;
    private static final double COUNT = 3;
    private static final double FLAT = 0.1;

    /** By how much the mean logarithm of the ranks must fall … */
    private static final double CLEAR = 0.1;

    /** … by so many of its standard errors, too. */
    private static final double ERRORS = 1.5;

    private final List<Embedding> positives;
    private final List<Embedding> negatives;
    private final List<float[]> negativeVectors;
    private final Clusters clusters;
    private final int parts;

    /**
     * A trial of so many parts.
     *
     * @param clusters of the teaching's positives
     */
    PartTrial(Teaching teaching, List<Embedding> neutral, Clusters clusters, int parts) {
        this.positives = teaching.positives();
        this.clusters = clusters;
        this.parts = parts;
        List<Embedding> centres = clusters.of(places(-1, false), parts).stream()
                .map(cluster -> Embedding.mean(embeddings(cluster)))
                .toList();
        this.negatives = Stream.of(teaching.rivals(), neutral, teaching.counterexamples(), teaching.stopped())
                .flatMap(List::stream)
                .map(fact -> new Near(fact, nearness(fact, centres)))
                .sorted(Comparator.comparingDouble(near -> -near.nearness()))
                .limit(HARDEST)
                .map(Near::fact)
                .toList();
        this.negativeVectors = negatives.stream().map(Embedding::toArray).toList();
    }

    boolean isBetter() {
        List<Double> gains = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Integer> taught = places(round, false);
            List<Embedding> heldBack = embeddings(places(round, true));
            double[] one = logRanks(List.of(taught), heldBack);
            double[] several = logRanks(clusters.of(taught, parts), heldBack);
            for (int i = 0; i < one.length; i++) {
                gains.add(one[i] - several[i]);
            }
        }
        double mean = gains.stream().mapToDouble(gain -> gain).average().orElse(0);
        double squares = gains.stream()
                .mapToDouble(gain -> (gain - mean) * (gain - mean))
                .sum();
        double error = Math.sqrt(squares / (gains.size() - 1) / gains.size());
        return mean >= CLEAR && mean >= ERRORS * error;
    }

    /** The places of the positives that are held back in a round, or of the others; in no round of all. */
    private List<Integer> places(int round, boolean heldBack) {
        return IntStream.range(0, positives.size())
                .filter(place -> place % ROUNDS == round == heldBack)
                .boxed()
                .toList();
    }

    private List<Embedding> embeddings(List<Integer> places) {
        return places.stream().map(positives::get).toList();
    }

    /** The logarithms of the ranks that facts have among the negatives. */
    private double[] logRanks(List<List<Integer>> learnedFrom, List<Embedding> facts) {
        List<Line> lines = learnedFrom.stream().map(this::line).toList();
        double[] others = negatives.stream()
                .mapToDouble(fact -> logOdds(lines, fact))
                .sorted()
                .toArray();
        return facts.stream()
                .mapToDouble(fact -> Math.log(1 + higher(others, logOdds(lines, fact))))
                .toArray();
    }

    private Line line(List<Integer> cluster) {
        List<Embedding> members = embeddings(cluster);
        return Line.of(LogisticRegression.fit(
                new Lessons(members.get(0).dimension()).add(members, true, 1).addVectors(negativeVectors, false, COUNT),
                InterestLearner.regularisation(members),
                FLAT));
    }

    private static double logOdds(List<Line> lines, Embedding fact) {
        return lines.stream().mapToDouble(line -> line.logOdds(fact)).max().orElseThrow();
    }

    private static int higher(double[] sorted, double value) {
        int found = Arrays.binarySearch(sorted, value);
        return sorted.length - (found >= 0 ? found : -found - 1);
    }

    private static double nearness(Embedding fact, List<Embedding> centres) {
        return centres.stream().mapToDouble(fact::dot).max().orElseThrow();
    }

    private record Near(Embedding fact, double nearness) {}
}
