package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Aim;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    private static final double NEUTRAL_COUNT = 3;

    private static final double KEPT_OF_EVEN_ODDS = 0.25;

    /** At most this share of the background facts may wake. */
    private static final double BACKGROUND_SHARE = 1.0 / 200;

    /** The log-odds of waking rightly that a subscriber asks for who wants precision: three to one. */
    private static final double SURE = Math.log(3);

    private final Background background;

    /** A learner that holds interests against this background. */
    public InterestLearner(Background background) {
        this.background = background;
    }

    /** The interest that this teaches, its threshold for precision and recall alike. */
    public Learned learn(Teaching teaching) {
        return learn(teaching, null);
    }

    /**
     * The interest that this teaches.
     *
     * @param aim what to choose the threshold for; absent for precision and recall alike
     */
    public Learned learn(Teaching teaching, @Nullable Aim aim) {
        List<Embedding> neutral = background.embeddings();
        int dimension = neutral.get(0).dimension();
        int counterexamples =
                teaching.counterexamples().size() + teaching.stopped().size();
        Lessons lessons = new Lessons(dimension)
                .add(teaching.positives(), true, 1)
                .add(teaching.rivals(), false, RIVALS_COUNT)
                .add(neutral, false, NEUTRAL_COUNT)
                .add(teaching.counterexamples(), false, share(teaching.counterexamples(), counterexamples));
        int letThrough = lessons.size();
        lessons.add(teaching.stopped(), false, share(teaching.stopped(), counterexamples));
        double[] line = LogisticRegression.fit(
                lessons, REGULARISATION / Math.max(1, teaching.positives().size() / MANY), FLAT);
        line[dimension] = Bias.of(lessons, letThrough, line);
        return learned(line, dimension, !teaching.stopped().isEmpty(), aim);
    }

    private static double share(List<Embedding> some, int all) {
        return all == 0 ? 0 : (double) some.size() / all;
    }

    /**
     * The direction of a line, with the threshold at even odds but never so low that too much of the background wakes.
     * Where the guard stops counterexamples, the direction has turned away from them all the same, and from the positives
     * with them: then most of the way down to where background begins is taken back.
     */
    private Learned learned(double[] line, int dimension, boolean guarded, @Nullable Aim aim) {
        double squares = 0;
        float[] weights = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            weights[i] = (float) line[i];
            squares += line[i] * line[i];
        }
        Embedding direction = Embedding.normalized(weights);
        double steepness = Math.sqrt(squares);
        double even = -line[dimension] / steepness;
        double quiet = quiet(direction, BACKGROUND_SHARE);
        double usual = guarded && even > quiet ? quiet + (even - quiet) * KEPT_OF_EVEN_ODDS : Math.max(even, quiet);
        double threshold = usual;
        if (aim != null && aim.share() != null) {
            threshold = quiet(direction, aim.share());
        } else if (Aim.RECALL.equals(aim)) {
            threshold = quiet;
        } else if (Aim.PRECISION.equals(aim)) {
            threshold = Math.max(usual, even + SURE / steepness);
        }
        return new Learned(direction, Math.max(-1, Math.min(1, threshold)), steepness);
    }

    /** The lowest score in a direction that at most this share of the background facts reaches. */
    public double quiet(Embedding direction, double share) {
        double[] scores = background.embeddings().stream()
                .mapToDouble(direction::dot)
                .sorted()
                .toArray();
        return Math.nextUp(scores[scores.length - 1 - (int) (scores.length * share)]);
    }
}
