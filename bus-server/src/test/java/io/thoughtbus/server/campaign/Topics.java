package io.thoughtbus.server.campaign;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.OnnxModel;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** What the facts of a run say, with their vectors, and interests in it that never come close to a score. */
final class Topics {
    private static final List<String> ACTORS = List.of(
            "The tenant",
            "A night nurse",
            "The wind turbine",
            "Our supplier",
            "A student",
            "The bank's customer",
            "The ferry",
            "A bakery",
            "The data centre",
            "A goalkeeper",
            "The orchestra",
            "A lorry driver");
    private static final List<String> EVENTS = List.of(
            "has broken down in the rain",
            "asks for the money back",
            "was promoted to captain",
            "cannot sign in any more",
            "is three days late",
            "has moved to Lisbon",
            "is looking for a new flat",
            "won the first prize",
            "reports a smell of gas",
            "wants to cancel the contract");
    private static final double CLEARANCE = 1e-3;
    private static final int SUBJECTS = 50;
    private static final double WAKES_A_FACT = 1.5;

    private final List<String> texts;
    private final List<Vector> vectors;
    private final List<Interesting> interests = new ArrayList<>();
    private final List<Embedding> embeddings;
    private final int rank;
    private final String model;

    private Topics(int interests, long seed) {
        Random random = new Random(seed);
        texts = ACTORS.stream()
                .flatMap(actor -> EVENTS.stream().map(event -> actor + " " + event))
                .toList();
        try (Embedder embedder = Embedder.onnx(OnnxModel.packaged(), 2)) {
            model = embedder.modelId().toString();
            embeddings = embedder.embedAll(texts);
            vectors = embeddings.stream()
                    .map(embedding -> Vector.of(embedding.toArray()))
                    .toList();
            rank = (int) Math.max(1, Math.round(WAKES_A_FACT * texts.size() / interests));
            while (this.interests.size() < interests) {
                this.interests.add(another(random));
            }
        }
    }

    /** Topics with this many interests, each fact of one to three of them. */
    static Topics of(int interests, long seed) {
        return new Topics(interests, seed);
    }

    List<Interesting> interests() {
        return interests;
    }

    /** A fact about one of the topics, with its vector. */
    FactDraft draft(Random random, String publisher, String key) {
        int topic = random.nextInt(texts.size());
        return FactDraft.of(texts.get(topic))
                .about("subject-" + random.nextInt(SUBJECTS))
                .by(publisher)
                .withKey(key)
                .withVector(vectors.get(topic), model);
    }

    /** An interest in what is like one of the texts, with its threshold where the scores leave room. */
    Interesting another(Random random) {
        int own = random.nextInt(texts.size());
        Map<String, Double> scores = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            scores.put(texts.get(i), embeddings.get(i).dot(embeddings.get(own)));
        }
        List<Map.Entry<String, Double>> nearest = scores.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .toList();
        int last = rank - 1;
        while (gap(nearest, last) < 2 * CLEARANCE) {
            last++;
        }
        return new Interesting(
                texts.get(own),
                nearest.get(last).getValue() - gap(nearest, last) / 2,
                "subject-" + random.nextInt(SUBJECTS),
                nearest.subList(0, last + 1).stream().map(Map.Entry::getKey).collect(Collectors.toSet()));
    }

    private static double gap(List<Map.Entry<String, Double>> nearest, int last) {
        return nearest.get(last).getValue() - nearest.get(last + 1).getValue();
    }
}
