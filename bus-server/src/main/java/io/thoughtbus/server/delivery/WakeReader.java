package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.RedisMatchJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    WakeReader(RecentFacts facts, Interests interests, RedisMatchJournal matches, RedisInbox inbox) {
        this.facts = facts;
        this.interests = interests;
        this.matches = matches;
        this.inbox = inbox;
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
            inbox.expire(subscription, expired, 1);
        }
        return wakes;
    }

    /** What some wakes are about, by their ids. */
    Map<String, WakeContent> contents(SubscriptionRef subscription, Collection<String> wakes) {
        Map<String, WakeId> ids = wakes.stream()
                .collect(Collectors.toMap(
                        wake -> wake,
                        wake -> WakeId.parse(wake)
                                .orElseThrow(() -> new IllegalStateException("the inbox holds " + wake))));
        Map<FactId, JournalledFact> found = facts.findAll(
                subscription.namespace(),
                ids.values().stream().map(WakeId::fact).collect(Collectors.toSet()));
        Map<InterestRef, CompiledInterest> compiled = interests.findAll(
                subscription.namespace(),
                ids.values().stream()
                        .map(id -> new InterestRef(subscription.id(), id.revision()))
                        .collect(Collectors.toSet()));
        Map<String, WakeContent> contents = new HashMap<>();
        ids.forEach((wake, id) -> {
            InterestRef ref = new InterestRef(subscription.id(), id.revision());
            contents.put(wake, content(subscription.namespace(), id, ref, found.get(id.fact()), compiled.get(ref)));
        });
        return contents;
    }

    private WakeContent content(
            String namespace,
            WakeId id,
            InterestRef ref,
            @Nullable JournalledFact fact,
            @Nullable CompiledInterest interest) {
        boolean replay = id.replay() != null;
        if (fact != null && interest != null) {
            return new WakeContent(
                    fact.fact(), interest.score(fact.embedding()), interest.threshold(), interest.version(), replay);
        }
        Match recorded = matches.find(namespace, id.fact(), ref).orElse(new Match(ref, 0, 0, 0));
        return new WakeContent(
                fact == null ? null : fact.fact(), recorded.score(), recorded.threshold(), recorded.version(), replay);
    }

    private static Wake wake(Handover.Given given, Handover handover, WakeContent content, Fact fact) {
        return new Wake(
                given.wake(),
                given.attempt(),
                content.score(),
                content.threshold(),
                content.version(),
                content.replay(),
                handover.leaseUntil(),
                fact);
    }

    /**
     * What a wake is about.
     *
     * @param fact absent if the journal no longer holds it
     */
    record WakeContent(@Nullable Fact fact, double score, double threshold, int version, boolean replay) {

        /** Whether nobody is to be woken any more: the fact is gone, or its lifetime has ended and no replay owes it. */
        boolean isOver(Instant now) {
            return fact == null || (!replay && !fact.expiresAt().isAfter(now));
        }
    }
}
