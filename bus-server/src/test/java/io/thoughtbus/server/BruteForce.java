package io.thoughtbus.server;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.OnnxModel;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.SubscriptionDraft;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Decides without Redis what the bus should have decided: every fact against an interest, by the packaged model. */
final class BruteForce implements AutoCloseable {
    private static final double CLOSEST = 1e-3;

    private final Embedder embedder = Embedder.onnx(OnnxModel.packaged(), 1);
    private final Map<String, Embedding> known = new HashMap<>();

    /** The facts that wake a subscription, whose filter is given as a condition. */
    Set<FactId> wakes(Map<FactId, FactDraft> facts, SubscriptionDraft subscription, Predicate<FactDraft> filter) {
        Embedding interest = embedding(String.valueOf(subscription.interest().text()));
        double threshold = subscription.threshold() == null ? Double.NaN : subscription.threshold();
        Set<FactId> wakes = new TreeSet<>();
        facts.forEach((id, fact) -> {
            double margin = embedding(fact.text()).dot(interest) - threshold;
            if (!(Math.abs(margin) > CLOSEST)) {
                throw new AssertionError("the test is about a fact too close to call: " + fact + " with " + margin);
            }
            if (margin > 0 && filter.test(fact)) {
                wakes.add(id);
            }
        });
        return wakes;
    }

    @Override
    public void close() {
        embedder.close();
    }

    private Embedding embedding(String text) {
        return known.computeIfAbsent(text, embedder::embed);
    }
}
