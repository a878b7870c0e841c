package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Aim;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Learns an interest as one part, or as several where its positives lie in clusters and that is found to tell facts apart
 * better. The same teaching gives the same bytes.
 */
@Component
public final class PartLearner {
    private static final int MOST = 8;

    /** With fewer positives there is nothing to tell clusters by. */
    private static final int FEWEST = 6;

    /** Clusters that lie less far apart are hardly ever of use as parts. */
    private static final double APART = 0.3;

    private final InterestLearner learner;
    private final Background background;

    /** A learner of parts that learns each with this one, against the same background. */
    public PartLearner(InterestLearner learner, Background background) {
        this.learner = learner;
        this.background = background;
    }

    /** The parts of the interest that this teaches, and how many they are. */
    public List<LearnedCluster> learn(Teaching teaching, @Nullable Aim aim) {
        return learn(teaching, aim, parts(teaching));
    }

    /** In how many parts what this teaches is learned best. */
    int parts(Teaching teaching) {
        List<Embedding> positives = teaching.positives();
        if (positives.size() < FEWEST || !teaching.near().isEmpty()) {
            return 1;
        }
        Clusters clusters = new Clusters(positives);
        List<Integer> all = places(positives);
        int best = 1;
        double apart = APART;
        for (int count = 2; count <= Math.min(MOST, positives.size() / 2); count++) {
            double silhouette = clusters.silhouette(clusters.of(all, count));
            if (silhouette > apart) {
                best = count;
                apart = silhouette;
            }
        }
        return best > 1 && new PartTrial(teaching, background.embeddings(), clusters, best).isBetter() ? best : 1;
    }

    /** The interest that this teaches in so many parts, or as many as it has positives. */
    List<LearnedCluster> learn(Teaching teaching, @Nullable Aim aim, int parts) {
        if (parts == 1) {
            return List.of(new LearnedCluster(learner.learn(teaching, aim), List.of()));
        }
        List<Embedding> positives = teaching.positives();
        List<List<Integer>> clusters = new Clusters(positives).of(places(positives), parts);
        List<Learned> learned = learner.learnParts(
                clusters.stream()
                        .map(cluster -> teaching.withPositives(
                                cluster.stream().map(positives::get).toList()))
                        .toList(),
                aim);
        return IntStream.range(0, learned.size())
                .mapToObj(i -> new LearnedCluster(learned.get(i), clusters.get(i)))
                .toList();
    }

    private static List<Integer> places(List<Embedding> positives) {
        return IntStream.range(0, positives.size()).boxed().toList();
    }
}
