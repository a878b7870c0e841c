package io.thoughtbus.embeddings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Remembers the embeddings of the texts used last, a bounded number of them. */
final class CachingEmbedder implements Embedder {
    private static final int LONGEST_REMEMBERED = 1024;

    private final Embedder embedder;
    private final Map<String, Embedding> remembered;

    CachingEmbedder(Embedder embedder, int maxTexts) {
        this.embedder = embedder;
        this.remembered = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Embedding> eldest) {
                return size() > maxTexts;
            }
        };
    }

    @Override
    public Embedding embed(String text) {
        Embedding known = recall(text);
        if (known != null) {
            return known;
        }
        Embedding embedding = embedder.embed(text);
        remember(text, embedding);
        return embedding;
    }

    @Override
    public List<Embedding> embedAll(List<String> texts) {
        Map<String, Embedding> known = new LinkedHashMap<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (String text : texts) {
            Embedding embedding = recall(text);
            if (embedding == null) {
                unknown.add(text);
            } else {
                known.put(text, embedding);
            }
        }
        List<String> fresh = List.copyOf(unknown);
        List<Embedding> made = embedder.embedAll(fresh);
        for (int i = 0; i < fresh.size(); i++) {
            known.put(fresh.get(i), made.get(i));
            remember(fresh.get(i), made.get(i));
        }
        List<Embedding> embeddings = new ArrayList<>(texts.size());
        for (String text : texts) {
            embeddings.add(known.get(text));
        }
        return embeddings;
    }

    @Override
    public ModelId modelId() {
        return embedder.modelId();
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    @Override
    public void close() {
        embedder.close();
    }

    private @Nullable Embedding recall(String text) {
        synchronized (remembered) {
            return remembered.get(text);
        }
    }

    private void remember(String text, Embedding embedding) {
        if (text.length() > LONGEST_REMEMBERED) {
            return;
        }
        synchronized (remembered) {
            remembered.put(text, embedding);
        }
    }
}
