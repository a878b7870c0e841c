package io.thoughtbus.server.judge;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.SecondStageAnswer;
import io.thoughtbus.protocol.SecondStageAnswer.Outcome;
import io.thoughtbus.protocol.SubscriptionDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The second stage as it may be asked: in batches, so many questions a day, and not at all for a while after it could not
 * be reached. What is not asked, and what is not answered, is away.
 */
public final class BoundedJudge implements AutoCloseable {
    private static final long REACHABLE = Long.MIN_VALUE;

    private final @Nullable Judge judge;
    private final RedisBudget budget;
    private final Duration timeout;
    private final int batch;
    private final double accept;
    private final Ticker ticker;
    private final Counter asked;
    private final AtomicLong awaySince = new AtomicLong(REACHABLE);

    BoundedJudge(
            @Nullable Judge judge,
            RedisBudget budget,
            JudgeProperties properties,
            Ticker ticker,
            MeterRegistry meters) {
        this.judge = judge;
        this.budget = budget;
        this.timeout = properties.timeout();
        this.batch = properties.batch();
        this.accept = properties.accept();
        this.ticker = ticker;
        this.asked = Counter.builder("thoughtbus.second.stage.asked")
                .description("questions that the second stage was asked")
                .register(meters);
    }

    /** Whether there is a second stage. */
    public boolean isConfigured() {
        return judge != null;
    }

    /**
     * Refuses what a bus without a second stage cannot do.
     *
     * @throws InvalidFieldException if a draft asks for one and there is none
     */
    public void requireFor(SubscriptionDraft draft) {
        if (draft.secondStage() != null && judge == null) {
            throw new InvalidFieldException(
                    "secondStage",
                    "needs a second stage, and this bus has none: set thoughtbus.second-stage.model or .endpoint");
        }
    }

    /** How many questions are asked together. */
    public int batch() {
        return batch;
    }

    /** How long a batch may take. */
    public Duration timeout() {
        return timeout;
    }

    /** The answers to some questions of a namespace, in order: yes, no, or away; one batch after the other. */
    public List<SecondStageAnswer> ask(String namespace, List<Question> questions) {
        List<SecondStageAnswer> answers = new ArrayList<>(questions.size());
        for (int from = 0; from < questions.size(); from += batch) {
            answers.addAll(askBatch(namespace, questions.subList(from, Math.min(questions.size(), from + batch))));
        }
        return answers;
    }

    @Override
    public void close() {
        if (judge != null) {
            judge.close();
        }
    }

    private List<SecondStageAnswer> askBatch(String namespace, List<Question> questions) {
        List<SecondStageAnswer> answers = new ArrayList<>(questions.size());
        if (judge != null && !isAway()) {
            int allowed = budget.spend(namespace, questions.size());
            asked.increment(allowed);
            if (allowed > 0) {
                Judge.Answers given = judge.answer(questions.subList(0, allowed));
                awaySince.set(given.isAway() ? ticker.read() : REACHABLE);
                given.probabilities().forEach(probability -> answers.add(answer(judge.id(), probability)));
            }
        }
        answers.addAll(Collections.nCopies(questions.size() - answers.size(), SecondStageAnswer.AWAY));
        return answers;
    }

    private boolean isAway() {
        long since = awaySince.get();
        return since != REACHABLE && ticker.read() - since < timeout.toNanos();
    }

    private SecondStageAnswer answer(String id, OptionalDouble probability) {
        return probability.isEmpty()
                ? SecondStageAnswer.AWAY
                : new SecondStageAnswer(
                        probability.getAsDouble() >= accept ? Outcome.YES : Outcome.NO, probability.getAsDouble(), id);
    }
}
