package io.thoughtbus.server.guard;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Qualifier;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Stops facts that are near to an interest and do not assert what it is in, which embeddings hardly tell apart: denials,
 * suppositions, memories, and facts about somebody else. It knows English sentences of up to 60 words, and lets longer
 * texts pass. The same text and embedding read the same wherever they are read.
 */
@Component
public final class Guard {
    /** Of the positives of an interest, how many one may find qualified and still mind the qualifier. */
    private static final double MOST_QUALIFIED = 1.0 / 3;

    private static final Pattern DENIAL = Pattern.compile(
            "(?i)\\b(not|no|never|none|nobody|nothing|without|cannot|lacks?|lacking|missing|refus\\w+|den(y|ies|ied|ial))\\b"
                    + "|n[’']t\\b|\\b(un|non-?)(?!i|der|til)\\w{4,}");
    private static final Pattern PLAN = Pattern.compile(
            "(?i)\\b(plan\\w*|intend\\w*|consider\\w*|think\\w* (of|about)|want\\w*|wish\\w*|would|might|may|if|hop\\w+ to"
                    + "|ask\\w*|request\\w*|going to|about to|likely|expect\\w*|interested in|wonder\\w*|question\\w*)\\b");
    private static final Pattern MEMORY =
            Pattern.compile("(?i)\\b(used to|former\\w*|ex-\\w+|once|previous\\w*|past|retired|years ago|until)\\b");
    private static final Pattern RELATIVE = Pattern.compile(
            "(?i)\\b(relative|family|child|children|son|daughter|wife|husband|partner|mother|father|parent|brother|sister"
                    + "|friend|neighbour|neighbor|colleague)s?\\b");

    private final Weights weights;

    /** A guard for this embedder's embeddings. */
    public Guard(Embedder embedder) {
        this.weights = Weights.of(embedder.modelId().tag());
    }

    /** Tells this guard from one that was trained otherwise or has other limits. */
    public String tag() {
        return weights.tag();
    }

    /** How a text reads. */
    public Reading read(String text, Embedding embedding) {
        return new Reading(weights, text, embedding);
    }

    /**
     * What an interest minds: all but what it is in itself, as "a customer who is not insured" is in denials.
     *
     * @param positives how its text and examples read
     */
    public static Set<Qualifier> minded(List<Reading> positives) {
        Set<Qualifier> minded = EnumSet.noneOf(Qualifier.class);
        for (Qualifier qualifier : Qualifier.values()) {
            long qualified = positives.stream()
                    .filter(positive -> positive.isIn(qualifier))
                    .count();
            if (qualified <= MOST_QUALIFIED * positives.size()) {
                minded.add(qualifier);
            }
        }
        return minded;
    }

    /** Words by which an interest says that it is in what is so qualified. */
    static Pattern cue(Qualifier qualifier) {
        return switch (qualifier) {
            case NEGATED -> DENIAL;
            case HYPOTHETICAL -> PLAN;
            case PAST -> MEMORY;
            case SOMEBODY_ELSE -> RELATIVE;
        };
    }

    /** The log-odds above which a fact counts as qualified, chosen on data apart from those trained on. */
    static double limit(Qualifier qualifier) {
        return switch (qualifier) {
            case NEGATED -> 1.5;
            case HYPOTHETICAL, PAST -> 1;
            case SOMEBODY_ELSE -> 3;
        };
    }
}
