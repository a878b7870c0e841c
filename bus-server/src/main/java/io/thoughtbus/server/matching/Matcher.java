package io.thoughtbus.server.matching;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.guard.Reading;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.Decision;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.interest.Interests;
import io.thoughtbus.server.interest.RedisInterestIndex;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.redis.PartialAnswerException;
import io.thoughtbus.server.subscription.RedisActivations;
import io.thoughtbus.server.subscription.VersionChain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the subscriptions that facts concern. RediSearch proposes; the version in force at the fact's position, the
 * exact margin, the filter and the guard decide.
 */
public final class Matcher {
    private static final Comparator<Match> BY_SUBSCRIPTION =
            Comparator.comparing(match -> match.interest().subscription());

    private final RedisInterestIndex index;
    private final Interests interests;
    private final RedisActivations activations;
    private final Guard guard;

    /** A matcher that asks this index and this guard. */
    public Matcher(RedisInterestIndex index, Interests interests, RedisActivations activations, Guard guard) {
        this.index = index;
        this.interests = interests;
        this.activations = activations;
        this.guard = guard;
    }

    /**
     * The matches of some facts of one shard, in the facts' order.
     *
     * @throws PartialAnswerException if anything is missing that the decision needs: then nothing is decided
     */
    public List<MatchSet> match(String namespace, int shard, List<JournalledFact> facts) {
        List<List<InterestRef>> candidates = index.candidates(
                namespace, facts.stream().map(JournalledFact::embedding).toList());
        Set<InterestRef> refs = candidates.stream().flatMap(Collection::stream).collect(Collectors.toSet());
        Map<String, VersionChain> chains = activations.chains(
                namespace,
                shard,
                refs.stream().map(InterestRef::subscription).distinct().toList());
        Map<InterestRef, CompiledInterest> compiled = interests.findAll(namespace, refs);
        List<MatchSet> sets = new ArrayList<>(facts.size());
        for (int i = 0; i < facts.size(); i++) {
            JournalledFact fact = facts.get(i);
            List<InterestRef> inForce = candidates.get(i).stream()
                    .filter(ref -> isInForce(chains, ref, fact.id()))
                    .toList();
            sets.add(decide(compiled, inForce, fact));
        }
        return sets;
    }

    private static boolean isInForce(Map<String, VersionChain> chains, InterestRef ref, FactId fact) {
        VersionChain chain = chains.get(ref.subscription());
        return chain != null && chain.inForceAt(fact).orElse(-1) == ref.revision();
    }

    private MatchSet decide(Map<InterestRef, CompiledInterest> compiled, List<InterestRef> refs, JournalledFact fact) {
        Reading reading = guard.read(fact.fact().text(), fact.embedding());
        List<Match> matches = new ArrayList<>();
        List<MatchSet.Stop> stopped = new ArrayList<>();
        List<Match> inDoubt = new ArrayList<>();
        for (InterestRef ref : refs) {
            CompiledInterest interest = compiled.get(ref);
            if (interest == null) {
                throw new PartialAnswerException("the interest " + ref + " is in force but not stored");
            }
            Decision decision = interest.decide(fact, reading);
            Match match = Match.of(ref, interest.version(), decision.reach());
            if (decision.isInDoubt()) {
                inDoubt.add(match);
            } else if (decision.wakes()) {
                matches.add(match);
            }
            decision.stop().ifPresent(by -> stopped.add(new MatchSet.Stop(match, by)));
        }
        matches.sort(BY_SUBSCRIPTION);
        stopped.sort(Comparator.comparing(MatchSet.Stop::match, BY_SUBSCRIPTION));
        inDoubt.sort(BY_SUBSCRIPTION);
        return new MatchSet(fact.id(), matches, stopped, inDoubt);
    }
}
