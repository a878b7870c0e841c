package io.thoughtbus.server.interest;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Interest;
import io.thoughtbus.protocol.InvalidFieldException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a direction and a threshold of an interest's texts: the normalized mean of their embeddings. */
@Component
public final class InterestCompiler {
    private final Embedder embedder;
    private final double usualThreshold;

    InterestCompiler(Embedder embedder, InterestProperties properties) {
        this.embedder = embedder;
        this.usualThreshold = properties.threshold();
    }

    /**
     * The interest compiled.
     *
     * @param threshold the lowest score that wakes; absent lets the bus choose
     * @param filter in CEL; absent lets everything pass
     * @throws InvalidFieldException if the filter is none, or the texts cancel each other out
     */
    public CompiledInterest compile(
            String subscription,
            long revision,
            int version,
            Interest interest,
            @Nullable Double threshold,
            @Nullable String filter) {
        return new CompiledInterest(
                subscription,
                revision,
                version,
                direction(interest.positives()),
                threshold == null ? usualThreshold : threshold,
                filter == null ? null : Filter.compile(filter));
    }

    private Embedding direction(List<String> texts) {
        try {
            return Embedding.mean(embedder.embedAll(texts));
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException("interest", "must not consist of texts that cancel each other out");
        }
    }
}
