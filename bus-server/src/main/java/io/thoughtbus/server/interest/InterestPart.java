package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedding;
import java.util.List;

/**
 * One of the clusters of meaning that an interest consists of; most interests are one part.
 *
 * @param direction the unit vector whose inner product with a fact's embedding is the score
 * @param threshold the lowest score that wakes
 * @param members the places, among the interest's text and examples, of those that it was learned from; empty where an
 *     interest has one part
 */
public record InterestPart(Embedding direction, double threshold, List<Integer> members) {
    /** So many are enough for every interest. */
    public static final int MOST = 8;

    public InterestPart {
        members = List.copyOf(members);
    }
}
