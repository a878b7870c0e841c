package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.matching.Matcher;
import io.thoughtbus.server.matching.RedisMatchJournal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides whom facts of one shard concern: by their meaning, and, for one that takes another back, by whom that one woke.
 * What it takes back comes before it in the same shard, so that this has been decided already.
 */
final class Decided {
    private final Matcher matcher;
    private final RedisMatchJournal record;
    private final String namespace;
    private final int shard;
    private final Map<FactId, MatchSet> known = new HashMap<>();

    /**
     * Decisions about one shard.
     *
     * @param earlier what was decided for the facts just before
     */
    Decided(Matcher matcher, RedisMatchJournal record, String namespace, int shard, List<MatchSet> earlier) {
        this.matcher = matcher;
        this.record = record;
        this.namespace = namespace;
        this.shard = shard;
        earlier.forEach(set -> known.put(set.fact(), set));
    }

    /** The matches of some facts, in their order. */
    List<MatchSet> of(List<JournalledFact> facts) {
        List<JournalledFact> stating =
                facts.stream().filter(fact -> !fact.fact().isRetraction()).toList();
        List<MatchSet> matched = stating.isEmpty() ? List.of() : matcher.match(namespace, shard, stating);
        if (facts.stream().allMatch(fact -> fact.fact().withdraws() == null)) {
            return matched;
        }
        matched.forEach(set -> known.put(set.fact(), set));
        readEarlier(facts);
        List<MatchSet> sets = new ArrayList<>(facts.size());
        for (JournalledFact fact : facts) {
            MatchSet own = known.getOrDefault(fact.id(), new MatchSet(fact.id(), List.of(), List.of()));
            FactId old = fact.fact().withdraws();
            sets.add(old == null ? own : own.telling(others(own, old)));
        }
        return sets;
    }

    private void readEarlier(List<JournalledFact> facts) {
        List<FactId> unknown = facts.stream()
                .map(fact -> fact.fact().withdraws())
                .filter(old -> old != null && !known.containsKey(old))
                .map(Objects::requireNonNull)
                .toList();
        record.findAll(namespace, unknown).forEach(set -> known.put(set.fact(), set));
    }

    /** Those whom the old fact woke, or may yet wake by the second stage, and the new one does not. */
    private List<Match> others(MatchSet own, FactId old) {
        Set<String> woken = own.matches().stream()
                .map(match -> match.interest().subscription())
                .collect(Collectors.toSet());
        MatchSet before = known.getOrDefault(old, new MatchSet(old, List.of(), List.of()));
        return Stream.concat(before.matches().stream(), before.inDoubt().stream())
                .filter(match -> !woken.contains(match.interest().subscription()))
                .toList();
    }
}
