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

    /** Parts are several: each is learned less exactly, in half the time, and tells facts apart as well. */
    private static final double FLAT_OF_PARTS = 1e-3;

    /** From this many positives on, each allows the line to bend more. */
    private static final double MANY = 20;

    private static final double RIVALS_COUNT = 3;

    /** Fewer facts of other interests count less, each of them the same. */
    private static final double MANY_RIVALS = 150;

    private static final double NEUTRAL_COUNT = 3;
    private static final double FAR_COUNT = 2;

    /** What facts count that are only taken for positives, of what all positives count. */
    private static final double NEAR_SHARE = 0.5;

    private static final double KEPT_OF_EVEN_ODDS = 0.25;

    /** At most this share of the background facts may wake. */
    private static final double BACKGROUND_SHARE = 1.0 / 200;

    /** The log-odds of waking rightly that a subscriber asks for who wants precision: three to one. */
    private static final double SURE = Math.log(3);

    private static final double MORE_THAN_ROUNDING = 1e-9;

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
     * The interest that this teaches, as one part.
     *
     * @param aim what to choose the threshold for; absent for precision and recall alike
     */
    public Learned learn(Teaching teaching, @Nullable Aim aim) {
        return learned(line(teaching, FLAT), !teaching.stopped().isEmpty(), aim);
    }

    private Line line(Teaching teaching, double flat) {
        List<Embedding> neutral = background.embeddings();
        int dimension = neutral.get(0).dimension();
        int counterexamples =
                teaching.counterexamples().size() + teaching.stopped().size();
        Lessons lessons = new Lessons(dimension)
                .add(teaching.positives(), true, teaching.near().isEmpty() ? 1 : 1 - NEAR_SHARE)
                .add(teaching.near(), true, NEAR_SHARE)
                .add(
                        teaching.rivals(),
                        false,
                        RIVALS_COUNT * Math.min(1, teaching.rivals().size() / MANY_RIVALS))
                .add(neutral, false, NEUTRAL_COUNT)
                .add(teaching.far(), false, FAR_COUNT)
                .add(teaching.counterexamples(), false, share(teaching.counterexamples(), counterexamples));
        int letThrough = lessons.size();
        lessons.add(teaching.stopped(), false, share(teaching.stopped(), counterexamples));
        double[] line = LogisticRegression.fit(lessons, regularisation(teaching.positives()), flat);
        line[dimension] = Bias.of(lessons, letThrough, line);
        return Line.of(line);
    }

    /** How much a line that is learned from these may not bend. */
    static double regularisation(List<Embedding> positives) {
        return REGULARISATION / Math.max(1, positives.size() / MANY);
    }

    /**
     * The parts of an interest, of which each is learned from some of its positives and everything that should not wake.
     * Their thresholds are the usual ones of the interest as a whole: they rise together, by the same log-odds, until no
     * more of the background wakes than may.
     *
     * @param parts what each part is learned from
     * @param aim what to choose the thresholds for; absent for precision and recall alike
     */
    List<Learned> learnParts(List<Teaching> parts, @Nullable Aim aim) {
        List<Line> lines = parts.stream().map(part -> line(part, FLAT_OF_PARTS)).toList();
        double quiet = quiet(lines, aim == null || aim.share() == null ? BACKGROUND_SHARE : aim.share());
        boolean guarded = !parts.get(0).stopped().isEmpty();
        double usual = guarded && quiet < 0 ? quiet * (1 - KEPT_OF_EVEN_ODDS) : Math.max(0, quiet);
        double logOdds = usual;
        if (Aim.RECALL.equals(aim) || (aim != null && aim.share() != null)) {
            logOdds = quiet;
        } else if (Aim.PRECISION.equals(aim)) {
            logOdds = Math.max(usual, SURE);
        }
        double above = logOdds;
        return lines.stream()
                .map(line -> learned(line, line.even() + above / line.steepness()))
                .toList();
    }

    /** The log-odds that at most this share of the background facts has for any of some lines. */
    private double quiet(List<Line> lines, double share) {
        double[] most = background.embeddings().stream()
                .mapToDouble(fact -> lines.stream()
                        .mapToDouble(line -> line.logOdds(fact))
                        .max()
                        .orElseThrow())
                .sorted()
                .toArray();
        return most[most.length - 1 - (int) (most.length * share)] + MORE_THAN_ROUNDING;
    }

    private static double share(List<Embedding> some, int all) {
        return all == 0 ? 0 : (double) some.size() / all;
    }

    /**
     * The direction of a line, with the threshold at even odds but never so low that too much of the background wakes.
     * Where the guard stops counterexamples, the direction has turned away from them all the same, and from the positives
     * with them: then most of the way down to where background begins is taken back.
     */
    private Learned learned(Line line, boolean guarded, @Nullable Aim aim) {
        double even = line.even();
        double quiet = quiet(line.direction(), BACKGROUND_SHARE);
        double usual = guarded && even > quiet ? quiet + (even - quiet) * KEPT_OF_EVEN_ODDS : Math.max(even, quiet);
        double threshold = usual;
        if (aim != null && aim.share() != null) {
            threshold = quiet(line.direction(), aim.share());
        } else if (Aim.RECALL.equals(aim)) {
            threshold = quiet;
        } else if (Aim.PRECISION.equals(aim)) {
            threshold = Math.max(usual, even + SURE / line.steepness());
        }
        return learned(line, threshold);
    }

    private static Learned learned(Line line, double threshold) {
        return new Learned(line.direction(), Math.max(-1, Math.min(1, threshold)), line.steepness());
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
