package io.thoughtbus.server.asking;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.SecondStageAnswer;
import io.thoughtbus.protocol.SecondStageAnswer.Outcome;
import io.thoughtbus.server.delivery.RedisQuestions;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.delivery.WakeId;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.RedisWithdrawals;
import io.thoughtbus.server.judge.BoundedJudge;
import io.thoughtbus.server.judge.Question;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.RedisAnswers;
import io.thoughtbus.server.matching.RedisAnswers.Asked;
import io.thoughtbus.server.matching.RedisMatchJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Takes wakes in doubt, a batch at a time, has the second stage answer, records the answers, and owes the wakes that
 * follow. Every step may be repeated: the answer recorded first holds, and a question ends once.
 */
@Component
final class Asker {
    /** Beyond so many of one subscription, the oldest count as if the second stage were away. */
    private static final int MOST_WAITING = 10_000;

    private static final Duration BESIDES_ASKING = Duration.ofSeconds(1);

    /** A server that has no second stage leaves questions to those that have, unless none of them comes. */
    private static final Duration LEFT_ALONE = Duration.ofMinutes(1);

    private final RedisQuestions questions;
    private final RedisJournal journal;
    private final Interests interests;
    private final RedisMatchJournal matches;
    private final RedisAnswers answers;
    private final RedisWithdrawals withdrawals;
    private final BoundedJudge judge;
    private final Wording wording;
    private final AskingMeters meters;

    Asker(
            RedisQuestions questions,
            RedisJournal journal,
            Interests interests,
            RedisMatchJournal matches,
            RedisAnswers answers,
            RedisWithdrawals withdrawals,
            BoundedJudge judge,
            Wording wording,
            AskingMeters meters) {
        this.questions = questions;
        this.journal = journal;
        this.interests = interests;
        this.matches = matches;
        this.answers = answers;
        this.withdrawals = withdrawals;
        this.judge = judge;
        this.wording = wording;
        this.meters = meters;
    }

    /** Asks one batch about wakes of some subscriptions of a namespace, and returns how many were looked at. */
    int ask(String namespace, List<SubscriptionRef> subscriptions) {
        Duration lease = judge.timeout().multipliedBy(2).plus(BESIDES_ASKING);
        Duration dueFor = judge.isConfigured() ? Duration.ZERO : LEFT_ALONE;
        int looked = 0;
        List<InDoubt> all = new ArrayList<>();
        List<InDoubt> open = new ArrayList<>();
        Instant now = Instant.EPOCH;
        for (SubscriptionRef subscription : subscriptions) {
            if (all.size() < judge.batch()) {
                RedisQuestions.Taken taken = questions.take(subscription, judge.batch() - all.size(), lease, dueFor);
                List<InDoubt> some = read(subscription, taken.wakes());
                all.addAll(some);
                if (taken.waiting() <= MOST_WAITING) {
                    open.addAll(some);
                }
                now = taken.now();
                looked += some.size();
            }
        }
        if (!all.isEmpty()) {
            end(namespace, all, decide(namespace, all, open, now));
        }
        return looked;
    }

    private Map<Asked, SecondStageAnswer> decide(String namespace, List<InDoubt> all, List<InDoubt> open, Instant now) {
        Map<Asked, SecondStageAnswer> known =
                answers.findAll(namespace, all.stream().map(InDoubt::asked).toList());
        List<InDoubt> toAsk = open.stream()
                .filter(wake -> !known.containsKey(wake.asked()) && !wake.isOverdue(now))
                .toList();
        List<SecondStageAnswer> given =
                judge.ask(namespace, toAsk.stream().map(this::question).toList());
        Map<Asked, SecondStageAnswer> fresh = new LinkedHashMap<>();
        all.forEach(wake -> (wake.fact() == null ? known : fresh).putIfAbsent(wake.asked(), SecondStageAnswer.AWAY));
        fresh.keySet().removeAll(known.keySet());
        for (int i = 0; i < toAsk.size(); i++) {
            InDoubt wake = toAsk.get(i);
            if ((wake.waits() || isStopping()) && given.get(i).equals(SecondStageAnswer.AWAY)) {
                fresh.remove(wake.asked());
            } else {
                fresh.put(wake.asked(), given.get(i));
            }
        }
        known.putAll(answers.record(namespace, fresh));
        meters.decided(fresh.values());
        return known;
    }

    /** Whoever is interrupted got no answers for that alone: others ask again. */
    private static boolean isStopping() {
        return Thread.currentThread().isInterrupted();
    }

    /** Ends what is decided; what has been taken back in the meantime wakes nobody, who would not be told of that again. */
    private void end(String namespace, List<InDoubt> all, Map<Asked, SecondStageAnswer> decided) {
        Map<SubscriptionRef, Map<WakeId, RedisQuestions.End>> ends = new LinkedHashMap<>();
        Set<FactId> takenBack = withdrawals
                .find(
                        namespace,
                        all.stream().map(wake -> wake.wake().fact()).distinct().toList())
                .keySet();
        for (InDoubt wake : all) {
            SecondStageAnswer answer = decided.get(wake.asked());
            if (answer != null) {
                ends.computeIfAbsent(wake.subscription(), inbox -> new LinkedHashMap<>())
                        .put(
                                wake.wake(),
                                new RedisQuestions.End(
                                        answer,
                                        wakes(wake, answer)
                                                && !takenBack.contains(
                                                        wake.wake().fact())));
            }
        }
        ends.forEach(questions::end);
    }

    private Question question(InDoubt wake) {
        return wording.question(Objects.requireNonNull(wake.fact()), Objects.requireNonNull(wake.doubt()));
    }

    private boolean wakes(InDoubt wake, SecondStageAnswer answer) {
        return answer.wakes(answer.outcome() == Outcome.AWAY ? recordedMargin(wake) : 0);
    }

    /** The margin as it was when the doubt was recorded; without a record it is too late for anything. */
    private double recordedMargin(InDoubt wake) {
        return matches.find(
                        wake.subscription().namespace(),
                        wake.wake().fact(),
                        wake.asked().interest())
                .map(Match::margin)
                .orElse(-1.0);
    }

    private List<InDoubt> read(SubscriptionRef subscription, List<WakeId> wakes) {
        List<Optional<JournalledFact>> facts = journal.find(
                subscription.namespace(), wakes.stream().map(WakeId::fact).toList());
        List<InDoubt> read = new ArrayList<>();
        for (int i = 0; i < wakes.size(); i++) {
            WakeId wake = wakes.get(i);
            CompiledInterest interest = interests
                    .find(
                            subscription.namespace(),
                            InDoubt.asked(subscription, wake).interest())
                    .orElse(null);
            read.add(new InDoubt(subscription, wake, facts.get(i).orElse(null), interest));
        }
        return read;
    }
}
