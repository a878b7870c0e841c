package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedding;
import java.util.List;

/**
 * What an interest is learned from.
 *
 * @param positives its text and facts that should wake; at least one
 * @param counterexamples facts that should not
 * @param stopped further ones, which something else stops, so that the threshold need not: they turn the direction alone
 * @param rivals facts that other interests are in, and this one mostly is not
 * @param near facts that nobody has labelled and that most likely should wake
 * @param far facts that nobody has labelled and that most likely should not
 */
public record Teaching(
        List<Embedding> positives,
        List<Embedding> counterexamples,
        List<Embedding> stopped,
        List<Embedding> rivals,
        List<Embedding> near,
        List<Embedding> far) {
    /** What one is told, copied. */
    public Teaching {
        if (positives.isEmpty()) {
            throw new IllegalArgumentException("an interest must be learned from at least one fact that should wake");
        }
        positives = List.copyOf(positives);
        counterexamples = List.copyOf(counterexamples);
        stopped = List.copyOf(stopped);
        rivals = List.copyOf(rivals);
        near = List.copyOf(near);
        far = List.copyOf(far);
    }

    /** The same with other positives. */
    Teaching withPositives(List<Embedding> others) {
        return new Teaching(others, counterexamples, stopped, rivals, near, far);
    }

    /** What one is told, and nothing that nobody has labelled. */
    public Teaching(
            List<Embedding> positives,
            List<Embedding> counterexamples,
            List<Embedding> stopped,
            List<Embedding> rivals) {
        this(positives, counterexamples, stopped, rivals, List.of(), List.of());
    }
}
