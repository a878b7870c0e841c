package io.thoughtbus.server.guard;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Qualifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/**
 * What each word and each component of an embedding adds to the log-odds of each qualifier: linear, and trained apart by
 * {@code deploy/bench guard}. A line of the file holds {@code bias}, {@code embedding} or {@code words}, then the component or the words,
 * then a weight for each qualifier in the order of the enum, separated by tabs.
 */
final class Weights {
    private static final Qualifier[] QUALIFIERS = Qualifier.values();
    private static final float[] NOTHING = new float[QUALIFIERS.length];

    private final float[] bias;
    private final List<float[]> components;
    private final Map<String, float[]> grams;
    private final String tag;

    private Weights(float[] bias, List<float[]> components, Map<String, float[]> grams, String tag) {
        this.tag = tag;
        this.bias = bias;
        this.components = components;
        this.grams = grams;
    }

    /** Those for a model's embeddings, or those for words alone if none were trained with that model. */
    static Weights of(String modelTag) {
        Resource trained = new ClassPathResource("guard/" + modelTag + ".tsv");
        Resource any = new ClassPathResource("guard/words.tsv");
        try {
            return parse((trained.exists() ? trained : any).getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the guard's weights are part of the program", e);
        }
    }

    static Weights parse(String lines) {
        float[] bias = new float[QUALIFIERS.length];
        List<float[]> components = new ArrayList<>();
        Map<String, float[]> grams = new HashMap<>();
        lines.lines().forEach(line -> {
            String[] fields = line.split("\t", -1);
            float[] weights = new float[QUALIFIERS.length];
            for (int i = 0; i < QUALIFIERS.length; i++) {
                weights[i] = Float.parseFloat(fields[i + 2]);
            }
            switch (fields[0]) {
                case "bias" -> System.arraycopy(weights, 0, bias, 0, QUALIFIERS.length);
                case "embedding" -> components.add(weights);
                default -> grams.put(fields[1], weights);
            }
        });
        return new Weights(bias, List.copyOf(components), Map.copyOf(grams), tag(lines));
    }

    /** Tells these weights, and the limits that they were trained for, from others. */
    String tag() {
        return tag;
    }

    private static String tag(String lines) {
        CRC32 hash = new CRC32();
        hash.update(lines.getBytes(StandardCharsets.UTF_8));
        for (Qualifier qualifier : QUALIFIERS) {
            hash.update((qualifier.name() + Guard.limit(qualifier)).getBytes(StandardCharsets.UTF_8));
        }
        return Long.toHexString(hash.getValue());
    }

    /** The log-odds of each qualifier for a text; minus infinity for one that is too long. */
    Map<Qualifier, Double> logOdds(String text, Embedding embedding) {
        double[] sums = new double[QUALIFIERS.length];
        Set<String> present = Grams.of(text);
        if (present.isEmpty()) {
            Arrays.fill(sums, Double.NEGATIVE_INFINITY);
        } else {
            add(sums, bias, 1);
            float[] values = embedding.toArray();
            for (int i = 0; i < components.size(); i++) {
                add(sums, components.get(i), values[i]);
            }
            for (String gram : present) {
                add(sums, grams.getOrDefault(gram, NOTHING), 1);
            }
        }
        Map<Qualifier, Double> logOdds = new EnumMap<>(Qualifier.class);
        for (int i = 0; i < QUALIFIERS.length; i++) {
            logOdds.put(QUALIFIERS[i], sums[i]);
        }
        return logOdds;
    }

    private static void add(double[] sums, float[] weights, double factor) {
        for (int i = 0; i < QUALIFIERS.length; i++) {
            sums[i] += weights[i] * factor;
        }
    }
}
