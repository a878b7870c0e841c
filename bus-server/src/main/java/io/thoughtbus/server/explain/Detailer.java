package io.thoughtbus.server.explain;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.ClauseOutcome;
import io.thoughtbus.protocol.ExplanationDetail;
import io.thoughtbus.protocol.Interest;
import io.thoughtbus.protocol.Likeness;
import io.thoughtbus.protocol.WordWeight;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestCompiler;
import io.thoughtbus.server.interest.InterestPart;
import io.thoughtbus.server.journal.JournalledFact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds what a decision rests on, at the cost of some embeddings. */
@Component
final class Detailer {
    /** The fact is embedded again at most this often. */
    private static final int MOST_PARTS = 20;

    private final Embedder embedder;
    private final InterestCompiler compiler;

    Detailer(Embedder embedder, InterestCompiler compiler) {
        this.embedder = embedder;
        this.compiler = compiler;
    }

    ExplanationDetail detail(String namespace, Interest interest, CompiledInterest compiled, JournalledFact fact) {
        InterestCompiler.Known known = compiler.known(namespace, compiled.subscription(), interest);
        return new ExplanationDetail(
                words(compiled, fact),
                nearest(interest.positives(), known.positives(), fact.embedding()),
                nearest(interest.counterexamples(), known.counterexamples(), fact.embedding()),
                compiled.filter() == null
                        ? List.<ClauseOutcome>of()
                        : compiled.filter().clauses(fact.fact()),
                partExamples(interest, compiled, fact));
    }

    private static InterestPart part(CompiledInterest compiled, JournalledFact fact) {
        Integer number = compiled.reach(fact.embedding()).part();
        return compiled.parts().get(number == null ? 0 : number - 1);
    }

    private static List<String> partExamples(Interest interest, CompiledInterest compiled, JournalledFact fact) {
        List<String> positives = interest.positives();
        return part(compiled, fact).members().stream()
                .filter(place -> place < positives.size())
                .map(positives::get)
                .toList();
    }

    private List<WordWeight> words(CompiledInterest compiled, JournalledFact fact) {
        List<String> words = Arrays.asList(fact.fact().text().strip().split("\\s+"));
        int together = (words.size() + MOST_PARTS - 1) / MOST_PARTS;
        if (words.size() <= together) {
            return List.of();
        }
        InterestPart part = part(compiled, fact);
        double whole = part.direction().dot(fact.embedding());
        List<String> parts = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (int from = 0; from < words.size(); from += together) {
            int to = Math.min(words.size(), from + together);
            List<String> rest = new ArrayList<>(words.subList(0, from));
            rest.addAll(words.subList(to, words.size()));
            parts.add(String.join(" ", words.subList(from, to)));
            without.add(String.join(" ", rest));
        }
        List<Embedding> embedded = embedder.embedAll(without);
        return IntStream.range(0, parts.size())
                .mapToObj(i ->
                        new WordWeight(parts.get(i), whole - part.direction().dot(embedded.get(i))))
                .toList();
    }

    private static @Nullable Likeness nearest(List<String> texts, List<Embedding> embeddings, Embedding fact) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> new Likeness(texts.get(i), embeddings.get(i).dot(fact)))
                .max(Comparator.comparingDouble(Likeness::score))
                .orElse(null);
    }
}
