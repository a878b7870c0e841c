package io.thoughtbus.benchmarks.quality;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.server.learning.LearnedCluster;
import java.util.List;

/** What one way to make an interest says about a fact. */
interface Judge {
    /** Above 0 if the fact wakes; comparable between the interests of one way. */
    double margin(Embedding fact);

    /** What an interest says that was learned in one part or more: its best part says it. */
    static Judge of(List<LearnedCluster> parts) {
        return fact -> parts.stream()
                .map(LearnedCluster::learned)
                .mapToDouble(part -> part.steepness() * (part.direction().dot(fact) - part.threshold()))
                .max()
                .orElseThrow();
    }
}
