package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedding;
import java.util.Collection;
import java.util.List;

/**
 * The facts that the nearest other interests of a namespace are in: the best counterexamples that there are, for most
 * facts are the matter of one interest. Interests that mean the same as the one that learns are no rivals.
 */
public final class Rivals {
    /** How many other interests are worth a look, the nearest ones. */
    public static final int NEAREST = 30;

    /** The means of two samples of one meaning are hardly ever less alike, if the samples are small … */
    private static final double ALIKE = 0.82;

    /** … and if they are as large as this. */
    private static final double ALIKE_OF_MANY = 0.89;

    private static final double MANY = 20;

    private Rivals() {}

    /**
     * What the rivals of an interest are in.
     *
     * @param positives the text and examples of the interest
     * @param others the text and examples of each of the nearest other interests
     */
    public static List<Embedding> of(List<Embedding> positives, Collection<List<Embedding>> others) {
        Embedding centre = Embedding.mean(positives);
        return others.stream()
                .filter(other -> !other.isEmpty())
                .filter(other -> centre.dot(Embedding.mean(other)) < alike(Math.min(positives.size(), other.size())))
                .flatMap(List::stream)
                .toList();
    }

    private static double alike(int examples) {
        return ALIKE + (ALIKE_OF_MANY - ALIKE) * Math.min(1, examples / MANY);
    }
}
