package io.thoughtbus.server.learning;

import java.util.List;

/**
 * One cluster of meaning of an interest, as it was learned.
 *
 * @param members the places of its facts among the positives; empty if the interest is one part
 */
public record LearnedCluster(Learned learned, List<Integer> members) {
    public LearnedCluster {
        members = List.copyOf(members);
    }
}
