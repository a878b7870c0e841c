package io.thoughtbus.server.timeline;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.TimelineEntry;
import io.thoughtbus.protocol.TimelineEntry.What;
import io.thoughtbus.server.audit.WakeHistory;
import io.thoughtbus.server.delivery.Judgements;
import io.thoughtbus.server.delivery.SubscriptionRef;
import io.thoughtbus.server.delivery.WakeStates;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.matching.RedisMatchJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What became of the wakes of facts, act by act as far as it was recorded, and how those stand that are left. */
@Component
final class WakeHappenings implements Happenings {
    private final RedisMatchJournal record;
    private final WakeHistory history;
    private final WakeStates wakes;
    private final Judgements judgements;

    WakeHappenings(RedisMatchJournal record, WakeHistory history, WakeStates wakes, Judgements judgements) {
        this.record = record;
        this.history = history;
        this.wakes = wakes;
        this.judgements = judgements;
    }

    @Override
    public List<TimelineEntry> of(String namespace, List<FactId> facts, Consumer<String> missing) {
        List<MatchSet> sets = record.findAll(namespace, facts);
        WakeHistory.Told told = history.of(namespace, facts, subscriptions(sets));
        told.missing().forEach(missing);
        WakeLines lines = new WakeLines();
        told.acts().forEach(lines::add);
        judged(namespace, sets).forEach(lines::add);
        wakes.of(namespace, sets).forEach(lines::stand);
        return lines.entries();
    }

    private static Set<String> subscriptions(List<MatchSet> sets) {
        return sets.stream()
                .flatMap(set -> Stream.of(set.matches(), set.inDoubt(), set.told()))
                .flatMap(List::stream)
                .map(match -> match.interest().subscription())
                .collect(Collectors.toSet());
    }

    private List<TimelineEntry> judged(String namespace, List<MatchSet> sets) {
        List<TimelineEntry> entries = new ArrayList<>();
        Map<String, Set<FactId>> bySubscription = sets.stream()
                .flatMap(set -> set.matches().stream()
                        .map(match -> Map.entry(match.interest().subscription(), set.fact())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
        bySubscription.forEach((subscription, facts) ->
                judgements.all(new SubscriptionRef(namespace, subscription)).stream()
                        .filter(judgement -> facts.contains(judgement.fact()))
                        .forEach(judgement -> entries.add(new TimelineEntry(
                                judgement.at(),
                                What.VERDICT,
                                judgement.fact(),
                                subscription,
                                judgement.relevant() ? "judged relevant" : "judged irrelevant"))));
        return entries;
    }
}
