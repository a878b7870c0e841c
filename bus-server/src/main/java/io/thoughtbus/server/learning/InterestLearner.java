package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedding;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Learns in which direction the facts of an interest lie, and from where on they wake: a regularised logistic regression
 * of what should wake against what should not, where each kind of facts counts as a whole, however many there are. The
 * same teaching gives the same bytes.
 */
@Component
public final class InterestLearner {
    private static final double REGULARISATION = 1e-3;
    private static final double FLAT = 1e-5;

    /** From this many positives on, each allows the line to bend more. */
    private static final double MANY = 20;

    private static final double RIVALS_COUNT = 3;

    /** At most one in so many background facts may wake. */
    private static final int BACKGROUND_SHARE = 200;

    private final Background background;

    /** A learner that holds interests against this background. */
    public InterestLearner(Background background) {
        this.background = background;
    }

    /** The interest that this teaches. */
    public Learned learn(Teaching teaching) {
        List<Embedding> neutral = background.embeddings();
        int dimension = neutral.get(0).dimension();
        Lessons lessons =
                new Lessons(dimension).add(teaching.positives(), true, 1).add(neutral, false, 1);
        if (!teaching.counterexamples().isEmpty()) {
            lessons.add(teaching.counterexamples(), false, 1);
        }
        if (!teaching.rivals().isEmpty()) {
            lessons.add(teaching.rivals(), false, RIVALS_COUNT);
        }
        double[] line = LogisticRegression.fit(
                lessons, REGULARISATION / Math.max(1, teaching.positives().size() / MANY), FLAT);
        return learned(line, dimension, neutral);
    }

    private static Learned learned(double[] line, int dimension, List<Embedding> neutral) {
        double squares = 0;
        float[] weights = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            weights[i] = (float) line[i];
            squares += line[i] * line[i];
        }
        Embedding direction = Embedding.normalized(weights);
        double steepness = Math.sqrt(squares);
        double even = -line[dimension] / steepness;
        double quiet = quiet(direction, neutral);
        return new Learned(direction, Math.max(-1, Math.min(1, Math.max(even, quiet))), steepness);
    }

    /** The lowest score that few enough background facts reach. */
    private static double quiet(Embedding direction, List<Embedding> neutral) {
        double[] scores = neutral.stream().mapToDouble(direction::dot).sorted().toArray();
        return Math.nextUp(scores[scores.length - 1 - scores.length / BACKGROUND_SHARE]);
    }
}
