package io.thoughtbus.benchmarks.quality;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.OnnxModel;
import io.thoughtbus.server.learning.Background;
import io.thoughtbus.server.learning.InterestLearner;
import io.thoughtbus.server.learning.Learned;
import io.thoughtbus.server.learning.Rivals;
import io.thoughtbus.server.learning.Teaching;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Prints how well interests tell facts apart, beside simpler ways on the same vectors. */
public final class MatchingQuality {
    private static final double USUAL_THRESHOLD = 0.45;
    private static final double MOST_STRANGERS = 0.03;
    private static final long SEED = 1;

    private final Clinc clinc;
    private final InterestLearner learner;

    private MatchingQuality(Clinc clinc, InterestLearner learner) {
        this.clinc = clinc;
        this.learner = learner;
    }

    /** The first argument is the directory of CLINC150. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        try (Embedder embedder = Embedder.caching(
                Embedder.onnx(OnnxModel.packaged(), Runtime.getRuntime().availableProcessors()), 30_000)) {
            InterestLearner learner = new InterestLearner(new Background(embedder));
            if (Files.isDirectory(directory)) {
                System.err.println("Embedding 18,200 facts takes half a minute …");
                new MatchingQuality(new Clinc(directory, embedder, SEED), learner).print();
            } else {
                System.out.println("CLINC150 is not at " + directory + "; its table is left out.");
            }
            new HardFacts(List.of("dev1", "dev2"), embedder, learner).print("hard facts to choose by");
            new HardFacts(List.of("test1", "test2"), embedder, learner).print("hard facts to judge by");
        }
    }

    private void print() {
        System.out.println("| interest | F1, quiet | recall | precision | best F1 | out of scope |"
                + " F1 at the threshold in force | out of scope | learned in |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        row("text, cosine", 0, this::cosines);
        for (int examples : List.of(1, 5, 20, 100)) {
            row(examples + " examples, the nearest", examples, this::nearest);
            row(examples + " examples, learned", examples, this::learned);
        }
    }

    private void row(String name, int examples, Way way) {
        long started = System.nanoTime();
        Map<String, Judge> judges = way.judges(examples);
        double each = (System.nanoTime() - started) / 1e6 / judges.size();
        Curve curve = clinc.judge(judges);
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
        taught.forEach((label, positives) -> {
            Embedding centre = Embedding.mean(positives);
            List<List<Embedding>> others = taught.entrySet().stream()
                    .filter(other -> !other.getKey().equals(label))
                    .map(Map.Entry::getValue)
                    .sorted(Comparator.comparingDouble((List<Embedding> other) -> -centre.dot(Embedding.mean(other))))
                    .limit(Rivals.NEAREST)
                    .toList();
            Learned learned =
                    learner.learn(new Teaching(positives, List.of(), List.of(), Rivals.of(positives, others)));
            judges.put(label, fact -> learned.steepness() * (learned.direction().dot(fact) - learned.threshold()));
        });
        return judges;
    }

    private List<Embedding> positives(String label, int examples) {
        return Stream.concat(Stream.of(clinc.text(label)), clinc.examples(label, examples).stream())
                .toList();
    }

    private interface Way {
        Map<String, Judge> judges(int examples);
    }
}
