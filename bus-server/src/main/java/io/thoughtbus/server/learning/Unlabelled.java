package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Facts that nobody has labelled, told apart by which interest each is nearest to. Cosines with different interests are
 * compared by how far each lies above what is usual for its interest, in standard deviations.
 */
public final class Unlabelled {
    /** With fewer facts or fewer other interests there is more to lose than to win. */
    public static final int FEWEST = 500;

    /** How many other interests must have a claim to the facts. */
    public static final int FEWEST_RIVALS = 5;

    /** How many facts are worth a look. */
    public static final int MOST = 5_000;

    private static final int NEAREST = 20;

    private final List<Embedding> facts;

    /** Facts of a namespace, in any order. */
    public Unlabelled(List<Embedding> facts) {
        this.facts = List.copyOf(facts);
    }

    /**
     * What an interest is learned from that has nothing but a text: as positives the facts for which it has a better claim
     * than any other, the twenty with the best.
     *
     * @param text the interest's own embedding
     * @param rivals what each of the nearest other interests is in
     */
    public Teaching teach(Embedding text, List<Embedding> rivals) {
        double[] claims = claims(text);
        double[] strongest = new double[facts.size()];
        Arrays.fill(strongest, Double.NEGATIVE_INFINITY);
        for (Embedding rival : rivals) {
            double[] others = claims(rival);
            Arrays.setAll(strongest, i -> Math.max(strongest[i], others[i]));
        }
        List<Integer> nearest = IntStream.range(0, facts.size())
                .filter(i -> claims[i] > strongest[i])
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -claims[i]).thenComparingInt(i -> i))
                .limit(NEAREST)
                .toList();
        Set<Integer> chosen = new HashSet<>(nearest);
        List<Embedding> far = new ArrayList<>(facts.size());
        for (int i = 0; i < facts.size(); i++) {
            if (!chosen.contains(i)) {
                far.add(facts.get(i));
            }
        }
        return new Teaching(
                List.of(text),
                List.of(),
                List.of(),
                rivals,
                nearest.stream().map(facts::get).toList(),
                far);
    }

    private double[] claims(Embedding interest) {
        double[] scores = facts.stream().mapToDouble(interest::dot).toArray();
        double mean = Arrays.stream(scores).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(scores)
                .map(score -> (score - mean) * (score - mean))
                .average()
                .orElse(0));
        return Arrays.stream(scores)
                .map(score -> deviation == 0 ? 0 : (score - mean) / deviation)
                .toArray();
    }
}
