package io.thoughtbus.benchmarks.quality;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.learning.PartLearner;
import io.thoughtbus.server.learning.Rivals;
import io.thoughtbus.server.learning.Teaching;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many facts that only look right wake an interest, without and with the guard. */
final class HardFacts {
    private static final double USUAL_THRESHOLD = 0.45;
    private static final List<Double> RECALLS = List.of(0.60, 0.75, 0.80);

    private final List<HardInterest> interests;
    private final PartLearner learner;
    private final Guard guard;

    HardFacts(List<String> files, Embedder embedder, PartLearner learner) throws IOException {
        List<HardFact> lines = new ArrayList<>();
        for (String file : files) {
            lines.addAll(HardFact.read(file));
        }
        this.interests = HardInterest.all(lines, embedder);
        this.learner = learner;
        this.guard = new Guard(embedder);
    }

    void print(String part) {
        System.out.println();
        System.out.println("| " + part + " | stopped: right, hard | hard at recall 0.60 | at 0.75 | at 0.80 |"
                + " in force: recall | hard (negated, hypothetical, past, role, vocabulary) |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (boolean turnedRound : List.of(false, true)) {
            for (boolean guarded : List.of(false, true)) {
                String which = (turnedRound ? ", turned round" : "") + (guarded ? ", guarded" : "");
                row("text" + which, turnedRound, guarded, List.of("interest"), List.of());
                row("5 examples" + which, turnedRound, guarded, List.of("interest", "example"), List.of());
                row("5 and 5" + which, turnedRound, guarded, List.of("interest", "example"), List.of("counterexample"));
                row(
                        "5 and 5 and 20 verdicts" + which,
                        turnedRound,
                        guarded,
                        List.of("interest", "example", "relevant"),
                        List.of("counterexample", "irrelevant"));
            }
        }
    }

    private void row(
            String name, boolean turnedRound, boolean guarded, List<String> positives, List<String> negatives) {
        Map<String, List<Double>> margins = new TreeMap<>();
        for (HardInterest interest : interests) {
            if (interest.isTurnedRound() == turnedRound) {
                judge(interest, guarded, positives, negatives, margins);
            }
        }
        List<Double> right = of(margins, HardFact.WAKE);
        List<Double> hard = HardFact.HARD.stream()
                .flatMap(kind -> of(margins, kind).stream())
                .toList();
        StringBuilder row = new StringBuilder("| ").append(name);
        row.append(String.format(Locale.ROOT, " | %.2f, %.2f", 1 - share(right, -1e9), 1 - share(hard, -1e9)));
        for (double recall : RECALLS) {
            double line = line(right, recall);
            row.append(String.format(Locale.ROOT, " | %.2f (%s)", share(hard, line), kinds(margins, line)));
        }
        row.append(String.format(
                Locale.ROOT, " | %.2f | %.2f (%s) |", share(right, 0), share(hard, 0), kinds(margins, 0)));
        System.out.println(row);
    }

    private void judge(
            HardInterest interest,
            boolean guarded,
            List<String> positiveKinds,
            List<String> negativeKinds,
            Map<String, List<Double>> margins) {
        List<HardInterest.Text> positives = interest.texts(positiveKinds);
        Set<Qualifier> minded = guarded
                ? Guard.minded(positives.stream()
                        .map(text -> guard.read(text.text(), text.embedding()))
                        .toList())
                : Set.of();
        Map<Boolean, List<HardInterest.Text>> negatives = interest.texts(negativeKinds).stream()
                .collect(Collectors.partitioningBy(text ->
                        guard.read(text.text(), text.embedding()).stop(minded).isPresent()));
        Judge judge = negativeKinds.isEmpty() && positives.size() == 1
                ? fact -> positives.get(0).embedding().dot(fact) - USUAL_THRESHOLD
                : learned(interest, positives, negatives, positiveKinds);
        List<String> kinds = new ArrayList<>(HardFact.HARD);
        kinds.add(HardFact.WAKE);
        for (String kind : kinds) {
            for (HardInterest.Text fact : interest.texts(List.of(kind))) {
                boolean stopped =
                        guard.read(fact.text(), fact.embedding()).stop(minded).isPresent();
                margins.computeIfAbsent(kind, none -> new ArrayList<>())
                        .add(stopped ? Double.NEGATIVE_INFINITY : judge.margin(fact.embedding()));
            }
        }
    }

    private Judge learned(
            HardInterest interest,
            List<HardInterest.Text> positives,
            Map<Boolean, List<HardInterest.Text>> negatives,
            List<String> positiveKinds) {
        List<Embedding> embedded = embeddings(positives);
        List<List<Embedding>> others = interests.stream()
                .filter(other -> other != interest)
                .map(other -> embeddings(other.texts(positiveKinds)))
                .collect(Collectors.toList());
        Embedding centre = Embedding.mean(embedded);
        others.sort(Collections.reverseOrder(
                (a, b) -> Double.compare(centre.dot(Embedding.mean(a)), centre.dot(Embedding.mean(b)))));
        List<List<Embedding>> nearest = others.subList(0, Math.min(Rivals.NEAREST, others.size()));
        return Judge.of(learner.learn(
                new Teaching(
                        embedded,
                        embeddings(Objects.requireNonNull(negatives.get(false))),
                        embeddings(Objects.requireNonNull(negatives.get(true))),
                        Rivals.of(embedded, nearest)),
                null));
    }

    private static List<Embedding> embeddings(List<HardInterest.Text> texts) {
        return texts.stream().map(HardInterest.Text::embedding).toList();
    }

    private static String kinds(Map<String, List<Double>> margins, double line) {
        return HardFact.HARD.stream()
                .map(kind -> String.format(Locale.ROOT, "%.2f", share(of(margins, kind), line)))
                .collect(Collectors.joining(" "));
    }

    private static List<Double> of(Map<String, List<Double>> margins, String kind) {
        return Objects.requireNonNull(margins.get(kind));
    }

    /** The margin that this share reaches. */
    private static double line(List<Double> margins, double share) {
        List<Double> sorted =
                margins.stream().sorted(Collections.reverseOrder()).toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static double share(List<Double> margins, double line) {
        return (double) margins.stream().filter(margin -> margin >= line).count() / margins.size();
    }
}
