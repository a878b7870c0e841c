package io.thoughtbus.benchmarks.quality;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One interest of the hard sets: its texts by kind, with their embeddings. */
final class HardInterest {
    /** Interests in a denial, a past or a plan, where the opposite is what should not wake. */
    private static final List<String> TURNED_ROUND = List.of(
            "uninsured-driver",
            "former-smoker",
            "shop-out-of-stock",
            "customer-plans-move",
            "waiver-not-signed",
            "ex-customer-of-competitor",
            "tenant-considering-leaving",
            "not-calibrated",
            "household-offline",
            "retired-craft");

    private final String name;
    private final Map<String, List<Text>> texts = new TreeMap<>();

    private HardInterest(String name) {
        this.name = name;
    }

    /** Those of some files. */
    static List<HardInterest> all(List<HardFact> lines, Embedder embedder) {
        Map<String, HardInterest> interests = new TreeMap<>();
        List<Embedding> embeddings =
                embedder.embedAll(lines.stream().map(HardFact::text).toList());
        for (int i = 0; i < lines.size(); i++) {
            HardFact line = lines.get(i);
            interests
                    .computeIfAbsent(line.interest(), HardInterest::new)
                    .texts
                    .computeIfAbsent(line.kind(), kind -> new ArrayList<>())
                    .add(new Text(line.text(), embeddings.get(i)));
        }
        return List.copyOf(interests.values());
    }

    String name() {
        return name;
    }

    boolean isTurnedRound() {
        return TURNED_ROUND.contains(name);
    }

    /** The texts of some kinds, in the order of the kinds. */
    List<Text> texts(List<String> kinds) {
        return kinds.stream()
                .flatMap(kind -> Objects.requireNonNull(texts.get(kind)).stream())
                .toList();
    }

    /** A text and its embedding. */
    record Text(String text, Embedding embedding) {}
}
