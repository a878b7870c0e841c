package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Facts put together by what they mean: clusters are joined, the two first whose joining adds least to the squared distances
 * from the centres (Ward, JASA 58, 1963, by the recurrence of Lance and Williams). The same facts in the same order give the
 * same clusters.
 */
final class Clusters {
    private final double[][] squares;

    Clusters(List<Embedding> facts) {
        squares = new double[facts.size()][facts.size()];
        for (int i = 0; i < squares.length; i++) {
            for (int j = 0; j < i; j++) {
                squares[i][j] = Math.max(0, 2 - 2 * facts.get(i).dot(facts.get(j)));
                squares[j][i] = squares[i][j];
            }
        }
    }

    /**
     * Some of the facts in so many clusters, or in as many as there are facts: their places, in order, the cluster of the
     * first fact first.
     */
    List<List<Integer>> of(List<Integer> places, int count) {
        List<List<Integer>> clusters = new ArrayList<>();
        places.forEach(place -> clusters.add(List.of(place)));
        double[][] costs = new double[places.size()][places.size()];
        for (int i = 0; i < costs.length; i++) {
            for (int j = 0; j < costs.length; j++) {
                costs[i][j] = squares[places.get(i)][places.get(j)];
            }
        }
        for (int left = places.size(); left > count; left--) {
            join(clusters, costs);
        }
        return clusters.stream()
                .filter(cluster -> !cluster.isEmpty())
                .map(cluster -> cluster.stream().sorted().toList())
                .sorted(Comparator.comparing(cluster -> cluster.get(0)))
                .toList();
    }

    /** Joins the two clusters that are cheapest to join; the second is left empty. */
    private static void join(List<List<Integer>> clusters, double[][] costs) {
        int first = -1;
        int second = -1;
        for (int i = 0; i < costs.length; i++) {
            for (int j = i + 1; !clusters.get(i).isEmpty() && j < costs.length; j++) {
                if (!clusters.get(j).isEmpty() && (first < 0 || costs[i][j] < costs[first][second])) {
                    first = i;
                    second = j;
                }
            }
        }
        double[] of = costs[first];
        double[] and = costs[second];
        double between = of[second];
        int ofSize = clusters.get(first).size();
        int andSize = clusters.get(second).size();
        for (int k = 0; k < costs.length; k++) {
            int size = clusters.get(k).size();
            if (size > 0 && k != first && k != second) {
                of[k] = ((ofSize + size) * of[k] + (andSize + size) * and[k] - size * between)
                        / (ofSize + andSize + size);
                costs[k][first] = of[k];
            }
        }
        List<Integer> joined = new ArrayList<>(clusters.get(first));
        joined.addAll(clusters.get(second));
        clusters.set(first, joined);
        clusters.set(second, List.of());
    }

    /**
     * How far apart clusters lie (Rousseeuw, J. Comput. Appl. Math. 20, 1987): the mean over their facts of how much nearer
     * the facts of the own cluster are than those of the next, 1 at most.
     */
    double silhouette(List<List<Integer>> clusters) {
        double sum = 0;
        int facts = 0;
        for (List<Integer> own : clusters) {
            for (int fact : own) {
                double next = clusters.stream()
                        .filter(other -> other != own)
                        .mapToDouble(other -> distance(fact, other) / other.size())
                        .min()
                        .orElseThrow();
                double within = own.size() == 1 ? next : distance(fact, own) / (own.size() - 1);
                sum += next == within ? 0 : (next - within) / Math.max(next, within);
                facts++;
            }
        }
        return sum / facts;
    }

    private double distance(int fact, Collection<Integer> others) {
        double sum = 0;
        for (int other : others) {
            sum += squares[fact][other];
        }
        return sum;
    }
}
