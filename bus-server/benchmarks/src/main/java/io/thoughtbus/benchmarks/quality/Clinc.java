package io.thoughtbus.benchmarks.quality;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * CLINC150 (Larson et al., EMNLP 2019, CC BY 3.0): a label is a subscription, an utterance a fact, and what is out of scope
 * should wake nobody. Examples come from the training part, facts from the validation part.
 */
final class Clinc {
    private static final long SHUFFLE = 3;

    private final Map<String, List<Embedding>> examples = new TreeMap<>();
    private final Map<String, List<Embedding>> facts = new TreeMap<>();
    private final List<Embedding> outOfScope;
    private final Map<String, Embedding> labels = new TreeMap<>();

    Clinc(Path directory, Embedder embedder, long seed) throws IOException {
        read(directory.resolve("train.tsv"), embedder, examples);
        read(directory.resolve("val.tsv"), embedder, facts);
        Map<String, List<Embedding>> none = new TreeMap<>();
        read(directory.resolve("oos_val.tsv"), embedder, none);
        outOfScope = none.values().iterator().next();
        examples.values().forEach(list -> Collections.shuffle(list, new Random(seed)));
        examples.keySet().forEach(label -> labels.put(label, embedder.embed(label.replace('_', ' '))));
    }

    List<String> labels() {
        return List.copyOf(labels.keySet());
    }

    Embedding text(String label) {
        return Objects.requireNonNull(labels.get(label));
    }

    List<Embedding> examples(String label, int number) {
        return Objects.requireNonNull(examples.get(label)).subList(0, number);
    }

    /** Facts of the training part without their labels, drawn from all labels together. */
    List<Embedding> unlabelled(int number) {
        List<Embedding> all = new ArrayList<>();
        examples.values().forEach(all::addAll);
        Collections.shuffle(all, new Random(SHUFFLE));
        return all.subList(0, number);
    }

    /** The margins of all facts with all interests, to be looked at with any line. */
    Curve judge(Map<String, Judge> judges) {
        return judge(judges, labels.keySet().stream().collect(Collectors.toMap(label -> label, label -> label)));
    }

    /** The same where interests are in facts of several labels. */
    Curve judge(Map<String, Judge> judges, Map<String, String> interestsByLabel) {
        Curve curve = new Curve(outOfScope.size());
        facts.forEach((label, list) -> list.forEach(fact -> judges.forEach(
                (judged, judge) -> curve.add(judge.margin(fact), judged.equals(interestsByLabel.get(label)), -1))));
        for (int i = 0; i < outOfScope.size(); i++) {
            for (Judge judge : judges.values()) {
                curve.add(judge.margin(outOfScope.get(i)), false, i);
            }
        }
        return curve;
    }

    private static void read(Path file, Embedder embedder, Map<String, List<Embedding>> into) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<Embedding> embeddings = embedder.embedAll(lines.stream()
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .toList());
        for (int i = 0; i < lines.size(); i++) {
            into.computeIfAbsent(lines.get(i).substring(0, lines.get(i).indexOf('\t')), label -> new ArrayList<>())
                    .add(embeddings.get(i));
        }
    }
}
