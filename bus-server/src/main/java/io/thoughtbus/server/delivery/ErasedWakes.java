package io.thoughtbus.server.delivery;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.erasure.ErasurePart;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.matching.RedisMatchJournal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Ends the wakes of erased facts, found by the records of whom those woke. */
@Component
final class ErasedWakes implements ErasurePart {
    private final RedisMatchJournal record;
    private final RedisInbox inbox;
    private final RecentFacts recent;

    ErasedWakes(RedisMatchJournal record, RedisInbox inbox, RecentFacts recent) {
        this.record = record;
        this.inbox = inbox;
        this.recent = recent;
    }

    @Override
    public void erase(String namespace, List<FactId> facts) {
        recent.forget(namespace, facts);
        Map<SubscriptionRef, List<String>> wakes = new HashMap<>();
        for (MatchSet set : record.findAll(namespace, facts)) {
            set.matches().forEach(match -> add(wakes, namespace, set.fact(), match, false));
            set.inDoubt().forEach(match -> add(wakes, namespace, set.fact(), match, false));
            set.told().forEach(match -> add(wakes, namespace, set.fact(), match, true));
        }
        wakes.forEach(inbox::erase);
    }

    private static void add(
            Map<SubscriptionRef, List<String>> wakes, String namespace, FactId fact, Match match, boolean retracted) {
        wakes.computeIfAbsent(
                        new SubscriptionRef(namespace, match.interest().subscription()), inbox -> new ArrayList<>())
                .add(new WakeId(fact, match.interest().revision(), retracted, null).toString());
    }
}
