package io.thoughtbus.server.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thoughtbus.embeddings.Embedding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClustersTest {
    private static final int DIMENSION = 16;

    private final long seed = Long.getLong("thoughtbus.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void joinsWhatAddsLeastToTheSquaredDistancesFromTheCentres() {
        for (int run = 0; run < 20; run++) {
            List<Embedding> facts = IntStream.range(0, 2 + random.nextInt(30))
                    .mapToObj(i -> direction(0))
                    .toList();
            List<Integer> places = IntStream.range(0, facts.size())
                    .filter(i -> i % 5 != 1)
                    .boxed()
                    .toList();

            for (int count = 1; count <= Math.min(8, places.size()); count++) {
                assertThat(new Clusters(facts).of(places, count))
                        .describedAs("seed %d", seed)
                        .isEqualTo(byCentres(facts, places, count));
            }
        }
    }

    @Test
    void putsTogetherWhatLiesTogether() {
        List<Embedding> facts =
                IntStream.range(0, 12).mapToObj(i -> direction(1 + i % 3)).toList();
        Clusters clusters = new Clusters(facts);

        List<List<Integer>> three = clusters.of(IntStream.range(0, 12).boxed().toList(), 3);

        assertThat(three).containsExactly(List.of(0, 3, 6, 9), List.of(1, 4, 7, 10), List.of(2, 5, 8, 11));
        assertThat(clusters.silhouette(three)).isGreaterThan(0.8);
        assertThat(clusters.silhouette(
                        clusters.of(IntStream.range(0, 12).boxed().toList(), 2)))
                .isLessThan(clusters.silhouette(three));
    }

    @Test
    void aSilhouetteIsTheMeanOfHowMuchNearerTheOwnClusterIs() {
        List<Embedding> facts = List.of(unit(1, 0), unit(0.8, 0.6), unit(0, 1));

        double silhouette = new Clusters(facts).silhouette(List.of(List.of(0, 1), List.of(2)));

        assertThat(silhouette).isCloseTo(((1 - 0.2) / 1 + (0.4 - 0.2) / 0.4 + 0) / 3, within(1e-6));
    }

    /** The same from the definition: in each step all pairs of clusters are tried. */
    private static List<List<Integer>> byCentres(List<Embedding> facts, List<Integer> places, int count) {
        List<List<Integer>> clusters = new ArrayList<>();
        places.forEach(place -> clusters.add(new ArrayList<>(List.of(place))));
        while (clusters.size() > count) {
            int first = 0;
            int second = 1;
            for (int i = 0; i < clusters.size(); i++) {
                for (int j = i + 1; j < clusters.size(); j++) {
                    if (cost(facts, clusters.get(i), clusters.get(j))
                            < cost(facts, clusters.get(first), clusters.get(second))) {
                        first = i;
                        second = j;
                    }
                }
            }
            clusters.get(first).addAll(clusters.remove(second));
        }
        return clusters.stream()
                .map(cluster -> cluster.stream().sorted().toList())
                .sorted(Comparator.comparing(cluster -> cluster.get(0)))
                .toList();
    }

    private static double cost(List<Embedding> facts, List<Integer> a, List<Integer> b) {
        double[] ofA = centre(facts, a);
        double[] ofB = centre(facts, b);
        double square = 0;
        for (int i = 0; i < DIMENSION; i++) {
            square += (ofA[i] - ofB[i]) * (ofA[i] - ofB[i]);
        }
        return square * a.size() * b.size() / (a.size() + b.size());
    }

    private static double[] centre(List<Embedding> facts, List<Integer> cluster) {
        double[] centre = new double[DIMENSION];
        for (int place : cluster) {
            Vectors.add(1.0 / cluster.size(), facts.get(place).toArray(), centre);
        }
        return centre;
    }

    /** A random direction, or one near an axis. */
    private Embedding direction(int axis) {
        float[] values = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            values[i] = (float) random.nextGaussian() * (axis == 0 ? 1 : 0.02f);
        }
        if (axis > 0) {
            values[axis] += 1;
        }
        return Embedding.normalized(values);
    }

    private static Embedding unit(double x, double y) {
        return Embedding.normalized(new float[] {(float) x, (float) y});
    }
}
