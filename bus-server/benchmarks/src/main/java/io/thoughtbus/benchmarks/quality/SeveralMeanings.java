package io.thoughtbus.benchmarks.quality;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.server.learning.InterestLearner;
import io.thoughtbus.server.learning.LearnedCluster;
import io.thoughtbus.server.learning.PartLearner;
import io.thoughtbus.server.learning.Teaching;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints how well interests are told apart that are in three matters each, as one vector and as several. */
final class SeveralMeanings {
    private static final int MATTERS = 3;
    private static final double MOST_STRANGERS = 0.03;
    private static final long SEED = 5;

    private final Clinc clinc;
    private final InterestLearner learner;
    private final PartLearner parts;
    private final Map<String, String> interests = new TreeMap<>();

    SeveralMeanings(Clinc clinc, InterestLearner learner, PartLearner parts) {
        this.clinc = clinc;
        this.learner = learner;
        this.parts = parts;
        List<String> labels = new ArrayList<>(clinc.labels());
        Collections.shuffle(labels, new Random(SEED));
        for (int i = 0; i < labels.size(); i++) {
            interests.put(labels.get(i), String.format(Locale.ROOT, "%02d", i / MATTERS));
        }
    }

    void print() {
        System.out.println();
        System.out.println("| three matters each | F1, quiet | recall | precision | best F1 | out of scope |"
                + " F1 at the thresholds in force | out of scope | learned in | in one, two, … parts |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        for (int examples : List.of(2, 5, 10, 30)) {
            row(
                    examples + " examples of each, one vector",
                    examples,
                    teaching -> List.of(new LearnedCluster(learner.learn(teaching), List.of())));
            row(examples + " examples of each, as many as help", examples, teaching -> parts.learn(teaching, null));
        }
    }

    private void row(String name, int examples, Way way) {
        Map<String, List<Embedding>> taught = new TreeMap<>();
        interests.forEach((label, interest) ->
                taught.computeIfAbsent(interest, none -> new ArrayList<>()).addAll(clinc.examples(label, examples)));
        Map<String, Judge> judges = new TreeMap<>();
        Map<Integer, Integer> counts = new TreeMap<>();
        long took = 0;
        for (String interest : taught.keySet()) {
            Teaching teaching = MatchingQuality.teaching(interest, taught);
            long started = System.nanoTime();
            List<LearnedCluster> learned = way.learn(teaching);
            took += System.nanoTime() - started;
            counts.merge(learned.size(), 1, Integer::sum);
            judges.put(interest, Judge.of(learned));
        }
        Curve curve = clinc.judge(judges, interests);
        Curve.Point quiet = curve.best(MOST_STRANGERS);
        Curve.Point best = curve.best(1);
        Curve.Point inForce = curve.atTheLine();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.3f | %.2f | %.2f | %.3f | %.0f %% | %.3f | %.0f %% | %.0f ms | %s |%n",
                name,
                quiet.f1(),
                quiet.recall(),
                quiet.precision(),
                best.f1(),
                100 * best.strangers(),
                inForce.f1(),
                100 * inForce.strangers(),
                took / 1e6 / judges.size(),
                counts.entrySet().stream()
                        .map(count -> count.getKey() + ": " + count.getValue())
                        .collect(Collectors.joining(", ")));
    }

    private interface Way {
        List<LearnedCluster> learn(Teaching teaching);
    }
}
