package io.thoughtbus.benchmarks.quality;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.OnnxModel;
import io.thoughtbus.server.learning.Background;
import io.thoughtbus.server.learning.InterestLearner;
import io.thoughtbus.server.learning.PartLearner;
import io.thoughtbus.server.learning.Rivals;
import io.thoughtbus.server.learning.Teaching;
import io.thoughtbus.server.learning.Unlabelled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Prints how well interests tell facts apart, beside simpler ways on the same vectors. */
public final class MatchingQuality {
    private static final double USUAL_THRESHOLD = 0.45;
    private static final double MOST_STRANGERS = 0.03;
    private static final long SEED = 1;

    private final Clinc clinc;
    private final PartLearner parts;
    private final TradeOff plot = new TradeOff();

    private MatchingQuality(Clinc clinc, PartLearner parts) {
        this.clinc = clinc;
        this.parts = parts;
    }

    /** The first argument is the directory of CLINC150, the second the file for the plot. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        try (Embedder embedder = Embedder.caching(
                Embedder.onnx(OnnxModel.packaged(), Runtime.getRuntime().availableProcessors()), 30_000)) {
            Background background = new Background(embedder);
            InterestLearner learner = new InterestLearner(background);
            PartLearner parts = new PartLearner(learner, background);
            if (Files.isDirectory(directory)) {
                System.err.println("Embedding 18,200 facts takes half a minute …");
                Clinc clinc = new Clinc(directory, embedder, SEED);
                new MatchingQuality(clinc, parts).print(Path.of(arguments[1]));
                new SeveralMeanings(clinc, learner, parts).print();
            } else {
                System.out.println("CLINC150 is not at " + directory + "; its table is left out.");
            }
            new HardFacts(List.of("dev1", "dev2"), embedder, parts).print("hard facts to choose by");
            new HardFacts(List.of("test1", "test2"), embedder, parts).print("hard facts to judge by");
        }
    }

    private void print(Path drawing) throws IOException {
        System.out.println("| interest | F1, quiet | recall | precision | best F1 | out of scope |"
                + " F1 at the threshold in force | out of scope | learned in |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        row("text, cosine", 0, this::cosines);
        row("text and 5,000 unlabelled facts", 0, this::unlabelled);
        for (int examples : List.of(1, 5, 20, 100)) {
            row(examples + " examples, the nearest", examples, this::nearest);
            row(examples + " examples, learned", examples, this::learned);
        }
        plot.write(drawing);
    }

    private void row(String name, int examples, Way way) {
        long started = System.nanoTime();
        Map<String, Judge> judges = way.judges(examples);
        double each = (System.nanoTime() - started) / 1e6 / judges.size();
        Curve curve = clinc.judge(judges);
        plot.add(name, curve);
        Curve.Point quiet = curve.best(MOST_STRANGERS);
        Curve.Point best = curve.best(1);
        Curve.Point inForce = curve.atTheLine();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.3f | %.2f | %.2f | %.3f | %.0f %% | %.3f | %.0f %% | %.0f ms |%n",
                name,
                quiet.f1(),
                quiet.recall(),
                quiet.precision(),
                best.f1(),
                100 * best.strangers(),
                inForce.f1(),
                100 * inForce.strangers(),
                each);
    }

    private Map<String, Judge> cosines(int examples) {
        Map<String, Judge> judges = new TreeMap<>();
        for (String label : clinc.labels()) {
            judges.put(label, fact -> clinc.text(label).dot(fact) - USUAL_THRESHOLD);
        }
        return judges;
    }

    private Map<String, Judge> unlabelled(int examples) {
        Unlabelled history = new Unlabelled(clinc.unlabelled(Unlabelled.MOST));
        Map<String, Judge> judges = new TreeMap<>();
        for (String label : clinc.labels()) {
            Embedding text = clinc.text(label);
            List<Embedding> rivals = clinc.labels().stream()
                    .filter(other -> !other.equals(label))
                    .map(clinc::text)
                    .sorted(Comparator.comparingDouble((Embedding other) -> -text.dot(other)))
                    .limit(Rivals.NEAREST)
                    .toList();
            judges.put(label, Judge.of(parts.learn(history.teach(text, rivals), null)));
        }
        return judges;
    }

    private Map<String, Judge> nearest(int examples) {
        Map<String, Judge> judges = new TreeMap<>();
        for (String label : clinc.labels()) {
            List<Embedding> positives = positives(label, examples);
            judges.put(
                    label,
                    fact -> positives.stream().mapToDouble(fact::dot).max().orElseThrow() - USUAL_THRESHOLD);
        }
        return judges;
    }

    private Map<String, Judge> learned(int examples) {
        Map<String, List<Embedding>> taught = new TreeMap<>();
        clinc.labels().forEach(label -> taught.put(label, positives(label, examples)));
        Map<String, Judge> judges = new TreeMap<>();
        taught.keySet().forEach(label -> judges.put(label, Judge.of(parts.learn(teaching(label, taught), null))));
        return judges;
    }

    /** What one interest is learned from, beside what the others are in. */
    static Teaching teaching(String label, Map<String, List<Embedding>> taught) {
        List<Embedding> positives = Objects.requireNonNull(taught.get(label));
        Embedding centre = Embedding.mean(positives);
        List<List<Embedding>> others = taught.entrySet().stream()
                .filter(other -> !other.getKey().equals(label))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparingDouble((List<Embedding> other) -> -centre.dot(Embedding.mean(other))))
                .limit(Rivals.NEAREST)
                .toList();
        return new Teaching(positives, List.of(), List.of(), Rivals.of(positives, others));
    }

    private List<Embedding> positives(String label, int examples) {
        return Stream.concat(Stream.of(clinc.text(label)), clinc.examples(label, examples).stream())
                .toList();
    }

    private interface Way {
        Map<String, Judge> judges(int examples);
    }
}
