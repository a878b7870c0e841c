package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.journal.RedisErased;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.RedisMatchJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Completes wakes with what they are about: the fact, and the score and threshold that made it a match. Those whose
 * fact's lifetime has ended become dead letters instead, unless a replay owes them.
 */
@Component
final class WakeReader {
    private final RecentFacts facts;
    private final Interests interests;
    private final RedisMatchJournal matches;
    private final RedisInbox inbox;
    private final RedisErased erased;

    WakeReader(
            RecentFacts facts, Interests interests, RedisMatchJournal matches, RedisInbox inbox, RedisErased erased) {
        this.facts = facts;
        this.interests = interests;
        this.matches = matches;
        this.inbox = inbox;
        this.erased = erased;
    }

    /** The wakes that were handed over and have not expired. */
    List<Wake> read(SubscriptionRef subscription, Handover handover) {
        Map<String, WakeContent> contents = contents(
                subscription,
                handover.wakes().stream().map(Handover.Given::wake).toList());
        List<Wake> wakes = new ArrayList<>();
        List<Handover.Given> expired = new ArrayList<>();
        for (Handover.Given given : handover.wakes()) {
            WakeContent content = Objects.requireNonNull(contents.get(given.wake()));
            if (content.fact() == null || content.isOver(handover.now())) {
                expired.add(given);
            } else {
                wakes.add(wake(given, handover, content, content.fact()));
            }
        }
        if (!expired.isEmpty()) {
            giveUp(subscription, expired, 1);
        }
        return wakes;
    }

    /**
     * Makes dead letters of wakes that are over, if nobody has taken them since, and returns how many there were.
     *
     * @param unseen how many of their attempts did not reach the subscriber
     */
    long giveUp(SubscriptionRef subscription, List<Handover.Given> over, int unseen) {
        Map<String, FactId> facts = new HashMap<>();
        over.forEach(
                given -> WakeId.parse(given.wake()).map(WakeId::fact).ifPresent(fact -> facts.put(given.wake(), fact)));
        Set<FactId> gone = Set.copyOf(erased.among(
                subscription.namespace(), facts.values().stream().distinct().toList()));
        facts.values().removeIf(fact -> !gone.contains(fact));
        return inbox.expire(subscription, over, facts.keySet(), unseen);
    }

    /** What some wakes are about, by their ids. */
    Map<String, WakeContent> contents(SubscriptionRef subscription, Collection<String> wakes) {
        Map<String, WakeId> ids = wakes.stream()
                .collect(Collectors.toMap(
                        wake -> wake,
                        wake -> WakeId.parse(wake)
                                .orElseThrow(() -> new IllegalStateException("the inbox holds " + wake))));
        Map<FactId, JournalledFact> found = found(subscription.namespace(), ids.values());
        Map<FactId, JournalledFact> takenBack = facts.findAll(subscription.namespace(), takenBack(ids.values(), found));
        Map<InterestRef, CompiledInterest> compiled = interests.findAll(
                subscription.namespace(),
                ids.values().stream()
                        .map(id -> new InterestRef(subscription.id(), id.revision()))
                        .collect(Collectors.toSet()));
        Map<String, WakeContent> contents = new HashMap<>();
        ids.forEach((wake, id) -> {
            InterestRef ref = new InterestRef(subscription.id(), id.revision());
            JournalledFact fact = found.get(id.fact());
            JournalledFact scored = id.retracted() ? takenBack.get(withdrawn(fact)) : fact;
            contents.put(wake, content(subscription.namespace(), id, ref, fact, scored, compiled.get(ref)));
        });
        return contents;
    }

    /** An erasure does not know of replays' wakes; so those are about what the journal holds, and nothing else. */
    private Map<FactId, JournalledFact> found(String namespace, Collection<WakeId> wakes) {
        Map<Boolean, Set<FactId>> byReplay = wakes.stream()
                .collect(Collectors.partitioningBy(
                        wake -> wake.replay() != null, Collectors.mapping(WakeId::fact, Collectors.toSet())));
        Map<FactId, JournalledFact> found = facts.findAll(namespace, byReplay.getOrDefault(false, Set.of()));
        found.putAll(facts.fetchAll(namespace, byReplay.getOrDefault(true, Set.of())));
        return found;
    }

    /** What is taken back by the facts of wakes that tell of it. */
    private static Set<FactId> takenBack(Collection<WakeId> wakes, Map<FactId, JournalledFact> facts) {
        return wakes.stream()
                .filter(WakeId::retracted)
                .map(wake -> withdrawn(facts.get(wake.fact())))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static @Nullable FactId withdrawn(@Nullable JournalledFact fact) {
        return fact == null ? null : fact.fact().withdraws();
    }

    private WakeContent content(
            String namespace,
            WakeId id,
            InterestRef ref,
            @Nullable JournalledFact fact,
            @Nullable JournalledFact scored,
            @Nullable CompiledInterest interest) {
        Fact told = fact == null ? null : fact.fact();
        if (scored != null && interest != null) {
            return new WakeContent(told, id, Match.of(ref, interest.version(), interest.reach(scored.embedding())));
        }
        return new WakeContent(told, id, matches.find(namespace, id.fact(), ref).orElse(new Match(ref, 0, 0, 0)));
    }

    private static Wake wake(Handover.Given given, Handover handover, WakeContent content, Fact fact) {
        FactId retracts = content.id().retracted() ? fact.withdraws() : null;
        return new Wake(
                given.wake(),
                retracts == null ? Wake.Kind.FACT : Wake.Kind.RETRACTED,
                retracts,
                given.attempt(),
                content.match().score(),
                content.match().threshold(),
                content.match().part(),
                content.match().version(),
                content.replay(),
                content.id().replay(),
                handover.leaseUntil(),
                fact);
    }

    /**
     * What a wake is about.
     *
     * @param fact absent if the journal no longer holds it
     * @param match why it was owed
     */
    record WakeContent(@Nullable Fact fact, WakeId id, Match match) {

        /** Whether a replay owes it. */
        boolean replay() {
            return id.replay() != null;
        }

        /** Whether nobody is to be woken any more: the fact is gone, or its lifetime has ended and no replay owes it. */
        boolean isOver(Instant now) {
            return fact == null || (!replay() && !fact.expiresAt().isAfter(now));
        }
    }
}
