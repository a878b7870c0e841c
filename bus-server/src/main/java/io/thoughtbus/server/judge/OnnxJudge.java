package io.thoughtbus.server.judge;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.embeddings.EmbeddingException;
import io.thoughtbus.embeddings.PairClassifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a model in this process, one question at a time; what is not answered in time is not asked. */
final class OnnxJudge implements Judge {
    private static final Logger log = LoggerFactory.getLogger(OnnxJudge.class);

    private final PairClassifier classifier;
    private final Duration timeout;
    private final Ticker ticker;

    OnnxJudge(PairClassifier classifier, Duration timeout, Ticker ticker) {
        this.classifier = classifier;
        this.timeout = timeout;
        this.ticker = ticker;
    }

    @Override
    public String id() {
        return classifier.modelId().toString();
    }

    @Override
    public Answers answer(List<Question> questions) {
        long started = ticker.read();
        List<OptionalDouble> probabilities = new ArrayList<>(questions.size());
        for (Question question : questions) {
            boolean isInTime = ticker.read() - started < timeout.toNanos();
            probabilities.add(isInTime ? answer(question) : OptionalDouble.empty());
        }
        return new Answers(probabilities, false);
    }

    @Override
    public void close() {
        classifier.close();
    }

    private OptionalDouble answer(Question question) {
        try {
            return OptionalDouble.of(classifier.probability(question.fact(), question.interest()));
        } catch (EmbeddingException e) {
            log.warn("The second stage has no answer: {}", e.toString());
            return OptionalDouble.empty();
        }
    }
}
