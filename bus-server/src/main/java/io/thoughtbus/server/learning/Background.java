package io.thoughtbus.server.learning;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Neutral facts from many walks of life: what nearly every interest is to pass over. Embedded when they are first
 * needed, which takes some seconds.
 */
@Component
public final class Background {
    private static final int TOGETHER = 100;

    private final Embedder embedder;
    private List<Embedding> embedded = List.of();

    /** The packaged facts, embedded by this embedder. */
    public Background(Embedder embedder) {
        this.embedder = embedder;
    }

    /** Their embeddings, always in the same order. */
    public synchronized List<Embedding> embeddings() {
        if (embedded.isEmpty()) {
            List<String> facts = facts();
            List<Embedding> all = new ArrayList<>(facts.size());
            for (int from = 0; from < facts.size(); from += TOGETHER) {
                all.addAll(embedder.embedAll(facts.subList(from, Math.min(facts.size(), from + TOGETHER))));
            }
            embedded = List.copyOf(all);
        }
        return embedded;
    }

    static List<String> facts() {
        try {
            return new ClassPathResource("neutral-facts.txt")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the neutral facts are part of the program", e);
        }
    }
}
