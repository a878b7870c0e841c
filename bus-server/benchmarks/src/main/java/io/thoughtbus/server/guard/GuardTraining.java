package io.thoughtbus.server.guard;

import io.thoughtbus.benchmarks.quality.HardFact;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.OnnxModel;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.server.learning.Separation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.springframework.core.io.ClassPathResource;

/**
 * Trains what the guard knows on the training part of the hard facts: for each qualifier the line between facts that are
 * so qualified and facts that assert, over the embedding and the words that stand with several interests.
 */
public final class GuardTraining {
    private static final List<String> FILES =
            List.of("train1", "train2", "train3", "train4", "train5", "train6", "train7");
    private static final int LEAST_INTERESTS = 8;

    /** What an embedding's components weigh beside words that are there or not. */
    private static final float EMBEDDING_SCALE = 3;

    private static final double REGULARISATION = 1.5e-3;

    private final List<HardFact> facts;
    private final List<Embedding> embeddings;
    private final Map<String, Integer> vocabulary = new TreeMap<>();
    private final boolean withEmbedding;

    private GuardTraining(List<HardFact> facts, List<Embedding> embeddings, boolean withEmbedding) {
        this.facts = facts;
        this.embeddings = embeddings;
        this.withEmbedding = withEmbedding;
        Map<String, Set<String>> interests = new TreeMap<>();
        facts.forEach(fact -> Grams.of(fact.text())
                .forEach(gram ->
                        interests.computeIfAbsent(gram, none -> new HashSet<>()).add(fact.interest())));
        interests.forEach((gram, with) -> {
            if (with.size() >= LEAST_INTERESTS) {
                vocabulary.put(gram, vocabulary.size());
            }
        });
    }

    /** The argument is the directory that the weights are written to. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        List<HardFact> facts = new ArrayList<>();
        for (String file : FILES) {
            facts.addAll(HardFact.read(file));
        }
        facts.addAll(reworded(facts));
        new ClassPathResource("neutral-facts.txt")
                .getContentAsString(StandardCharsets.UTF_8)
                .lines()
                .filter(Rewordings::isPlain)
                .forEach(text -> facts.add(new HardFact("neutral", HardFact.WAKE, text)));
        try (Embedder embedder =
                Embedder.onnx(OnnxModel.packaged(), Runtime.getRuntime().availableProcessors())) {
            System.err.println("Embedding " + facts.size() + " facts …");
            List<Embedding> embeddings =
                    embedder.embedAll(facts.stream().map(HardFact::text).toList());
            write(
                    directory.resolve(embedder.modelId().tag() + ".tsv"),
                    new GuardTraining(facts, embeddings, true).train());
            write(directory.resolve("words.tsv"), new GuardTraining(facts, embeddings, false).train());
        }
    }

    private static List<HardFact> reworded(List<HardFact> facts) {
        List<HardFact> reworded = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            HardFact fact = facts.get(i);
            if (fact.kind().equals(HardFact.WAKE)) {
                Rewordings.denied(fact.text(), i)
                        .ifPresent(text ->
                                reworded.add(new HardFact(fact.interest(), HardFact.kind(Qualifier.NEGATED), text)));
                Rewordings.ofSomebodyElse(fact.text(), i)
                        .ifPresent(text -> reworded.add(
                                new HardFact(fact.interest(), HardFact.kind(Qualifier.SOMEBODY_ELSE), text)));
            }
        }
        System.err.println(reworded.size() + " facts reworded by rules, such as:");
        reworded.stream().limit(12).forEach(fact -> System.err.println("  " + fact.kind() + ": " + fact.text()));
        return reworded;
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
        System.err.println(file + ": " + lines.size() + " lines");
    }

    private List<String> train() {
        List<float[]> vectors =
                IntStream.range(0, facts.size()).mapToObj(this::vector).toList();
        List<double[]> lines = new ArrayList<>();
        for (Qualifier qualifier : Qualifier.values()) {
            lines.add(Separation.of(
                    kind(HardFact.kind(qualifier), vectors), kind(HardFact.WAKE, vectors), REGULARISATION));
        }
        int components = components();
        List<String> table = new ArrayList<>();
        table.add(row("bias", "", lines, components + vocabulary.size(), 1));
        for (int i = 0; i < components; i++) {
            table.add(row("embedding", Integer.toString(i), lines, i, EMBEDDING_SCALE));
        }
        vocabulary.forEach((gram, place) -> table.add(row("words", gram, lines, components + place, 1)));
        return table;
    }

    private static String row(String group, String name, List<double[]> lines, int place, double scale) {
        StringBuilder row = new StringBuilder(group).append('\t').append(name);
        lines.forEach(line -> row.append(String.format(Locale.ROOT, "\t%.4f", line[place] * scale)));
        return row.toString();
    }

    private List<float[]> kind(String kind, List<float[]> vectors) {
        return IntStream.range(0, facts.size())
                .filter(i -> facts.get(i).kind().equals(kind))
                .mapToObj(vectors::get)
                .toList();
    }

    private float[] vector(int number) {
        int components = components();
        float[] vector = new float[components + vocabulary.size()];
        float[] embedding = embeddings.get(number).toArray();
        for (int i = 0; i < components; i++) {
            vector[i] = EMBEDDING_SCALE * embedding[i];
        }
        for (String gram : Grams.of(facts.get(number).text())) {
            if (vocabulary.containsKey(gram)) {
                vector[components + Objects.requireNonNull(vocabulary.get(gram))] = 1;
            }
        }
        return vector;
    }

    private int components() {
        return withEmbedding ? embeddings.get(0).dimension() : 0;
    }
}
