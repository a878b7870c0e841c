package io.thoughtbus.server.asking;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.server.interest.Doubt;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.judge.Question;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Puts a doubt into a question: about the interest's text, or the example that is nearest to the fact. */
@Component
public final class Wording {
    private final Embedder embedder;

    Wording(Embedder embedder) {
        this.embedder = embedder;
    }

    /** Whether a fact concerns an interest that is in doubt about it. */
    public Question question(JournalledFact fact, Doubt doubt) {
        List<String> texts = doubt.texts();
        if (texts.size() == 1) {
            return new Question(fact.fact().text(), texts.get(0));
        }
        List<Embedding> embeddings = embedder.embedAll(texts);
        int nearest = IntStream.range(0, texts.size())
                .boxed()
                .max(Comparator.comparingDouble((Integer i) -> embeddings.get(i).dot(fact.embedding())))
                .orElseThrow();
        return new Question(fact.fact().text(), texts.get(nearest));
    }
}
