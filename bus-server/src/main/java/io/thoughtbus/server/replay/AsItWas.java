package io.thoughtbus.server.replay;

import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Decided;
import io.thoughtbus.protocol.Difference;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.guard.Reading;
import io.thoughtbus.server.interest.Decision;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.replay.StoredComparison.Kind;
import io.thoughtbus.server.subscription.Decider;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the versions in force at each fact decide. */
final class AsItWas implements Comparing {
    private final Panels panels;
    private final Guard guard;
    private final Set<String> subscriptions;

    /**
     * All versions that decided.
     *
     * @param subscriptions the only ones to look at; empty for all
     */
    AsItWas(Panels panels, Guard guard, Set<String> subscriptions) {
        this.panels = panels;
        this.guard = guard;
        this.subscriptions = subscriptions;
    }

    @Override
    public void moveTo(FactId first, FactId last) {
        panels.moveTo(first, last);
    }

    @Override
    public void compare(StoredFact fact, MatchSet recorded, Findings findings) {
        Map<String, Outcome> before = recorded(recorded);
        Map<String, Outcome> now = panels.decided(fact)
                .flatMap(embedding -> panels.of(fact, embedding).map(panel -> decide(panel, fact, embedding, before)))
                .orElseGet(() -> {
                    findings.unverified();
                    return before;
                });
        if (now.values().stream().anyMatch(outcome -> outcome.decided().stoppedBy() == null)) {
            findings.match();
        }
        now.forEach((subscription, outcome) ->
                findings.line(new Difference(null, fact.id(), subscription, null, outcome.decided())));
        if (!now.equals(before)) {
            tell(fact.id(), before, now, findings);
        }
    }

    private Map<String, Outcome> decide(
            Panel panel, StoredFact fact, Embedding embedding, Map<String, Outcome> before) {
        Map<String, Outcome> now = new TreeMap<>();
        @Nullable Reading reading = null;
        for (Standing standing : panel.reached(fact.id(), embedding)) {
            JournalledFact whole = new JournalledFact(fact.fact(), embedding);
            if (whole.fact().isRetraction()) {
                return now;
            }
            if (reading == null) {
                reading = guard.read(whole.fact().text(), whole.embedding());
            }
            Decision decision = standing.interest().decide(whole, reading);
            String subscription = standing.interest().subscription();
            boolean passes =
                    decision.wakes() || decision.isInDoubt() || decision.stop().isPresent();
            if (passes && (standing.isSure(fact.id()) || before.containsKey(subscription))) {
                now.put(
                        subscription,
                        new Outcome(
                                standing.interest().revision(),
                                decision.isInDoubt(),
                                new Decided(
                                        standing.interest().version(),
                                        decision.reach().score(),
                                        decision.reach().threshold(),
                                        decision.reach().part(),
                                        isPresentGuard(fact.id())
                                                ? decision.stop().orElse(null)
                                                : stoppedBefore(before.get(subscription), decision))));
            }
        }
        return now;
    }

    private boolean isPresentGuard(FactId fact) {
        return panels.deciderOf(fact)
                .map(Decider::guard)
                .map(guard.tag()::equals)
                .orElse(true);
    }

    /** What a guard that is gone said is as recorded. */
    private static @Nullable Qualifier stoppedBefore(@Nullable Outcome before, Decision now) {
        return before == null ? now.stop().orElse(null) : before.decided().stoppedBy();
    }

    private static void tell(FactId fact, Map<String, Outcome> before, Map<String, Outcome> now, Findings findings) {
        Set<String> all = new TreeSet<>(before.keySet());
        all.addAll(now.keySet());
        for (String subscription : all) {
            Outcome was = before.get(subscription);
            Outcome is = now.get(subscription);
            if (was == null || !was.equals(is)) {
                findings.tell(
                        Kind.DIFFERENCES,
                        new Difference(
                                null,
                                fact,
                                subscription,
                                was == null ? null : was.decided(),
                                is == null ? null : is.decided()));
            }
        }
    }

    private Map<String, Outcome> recorded(MatchSet recorded) {
        Map<String, Outcome> outcomes = new TreeMap<>();
        recorded.matches().forEach(match -> add(outcomes, match, false, null));
        recorded.inDoubt().forEach(match -> add(outcomes, match, true, null));
        recorded.stopped().forEach(stop -> add(outcomes, stop.match(), false, stop.by()));
        return outcomes;
    }

    private void add(Map<String, Outcome> outcomes, Match match, boolean inDoubt, @Nullable Qualifier by) {
        InterestRef interest = match.interest();
        if (subscriptions.isEmpty() || subscriptions.contains(interest.subscription())) {
            outcomes.put(
                    interest.subscription(),
                    new Outcome(
                            interest.revision(),
                            inDoubt,
                            new Decided(match.version(), match.score(), match.threshold(), match.part(), by)));
        }
    }

    /** What one version decided, or left to the second stage, whose answer is recorded apart. */
    private record Outcome(long revision, boolean inDoubt, Decided decided) {}
}
