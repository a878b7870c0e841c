package io.thoughtbus.server.guard;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Qualification;
import io.thoughtbus.protocol.Qualifier;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** How one fact reads. Worked out when it is first asked for, by one thread at a time. */
public final class Reading {
    private final Weights weights;
    private final String text;
    private final Embedding embedding;
    private Map<Qualifier, Double> logOdds = Map.of();

    Reading(Weights weights, String text, Embedding embedding) {
        this.weights = weights;
        this.text = text;
        this.embedding = embedding;
    }

    /** What stops the fact for an interest that minds these qualifiers; the clearest, if several do. */
    public Optional<Qualifier> stop(Set<Qualifier> minded) {
        return minded.stream()
                .filter(this::isBeyondLimit)
                .max(Comparator.comparingDouble(qualifier -> logOdds(qualifier) - Guard.limit(qualifier)));
    }

    /** How the fact reads with respect to these qualifiers, in the order of the enum; none if it is too long. */
    public List<Qualification> qualifications(Set<Qualifier> minded) {
        return minded.stream()
                .filter(qualifier -> Double.isFinite(logOdds(qualifier)))
                .sorted()
                .map(qualifier -> new Qualification(
                        qualifier, logOdds(qualifier), Guard.limit(qualifier), isBeyondLimit(qualifier)))
                .toList();
    }

    /** Whether an interest that says this is itself in what is so qualified: it reads so, or says so in a word. */
    boolean isIn(Qualifier qualifier) {
        return isBeyondLimit(qualifier) || Guard.cue(qualifier).matcher(text).find();
    }

    private boolean isBeyondLimit(Qualifier qualifier) {
        return logOdds(qualifier) > Guard.limit(qualifier);
    }

    private double logOdds(Qualifier qualifier) {
        if (logOdds.isEmpty()) {
            logOdds = weights.logOdds(text, embedding);
        }
        return Objects.requireNonNull(logOdds.get(qualifier));
    }
}
