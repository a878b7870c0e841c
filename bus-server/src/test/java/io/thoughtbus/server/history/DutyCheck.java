package io.thoughtbus.server.history;

import io.thoughtbus.protocol.FactId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares the wakes that were delivered with those that were owed. A replayed wake does not stand for a missed one. */
final class DutyCheck {
    private final JournalIndex journal;
    private final Ending ending;
    private final Standings standings;
    private final Oracle oracle;
    private final Findings findings;

    DutyCheck(JournalIndex journal, Ending ending, Oracle oracle, Findings findings) {
        this.journal = journal;
        this.ending = ending;
        this.standings = new Standings(ending.standings());
        this.oracle = oracle;
        this.findings = findings;
    }

    void check(Map<WakeName, List<Delivery>> wakes) {
        wakes.values().forEach(deliveries -> findUnowed(deliveries.get(0)));
        findMissed(accounted(wakes));
    }

    private void findUnowed(Delivery delivery) {
        Optional<Journalled> fact = journal.at(delivery.fact());
        if (fact.isEmpty()) {
            findings.add(FaultKind.PHANTOM_WAKE, () -> delivery + "\nthe journal holds nothing there");
            return;
        }
        Optional<Standing> standing = delivery.replay()
                ? standings.version(delivery.subscription(), delivery.version())
                : standings.deciding(delivery.subscription(), delivery.fact());
        if (standing.isEmpty() || standing.get().version() != delivery.version()) {
            findings.add(
                    FaultKind.FALSE_WAKE,
                    () -> delivery + "\nthat version was not in force, but "
                            + standing.map(Standing::toString).orElse("none"));
        } else if (oracle.judge(fact.get(), standing.get()) == Oracle.Due.NOT_OWED) {
            findings.add(
                    FaultKind.FALSE_WAKE, () -> delivery + "\ndoes not match: " + fact.get() + ", " + standing.get());
        }
    }

    private void findMissed(Set<Duty> accounted) {
        for (Journalled fact : journal.facts()) {
            for (String subscription : standings.subscriptions()) {
                if (!accounted.contains(new Duty(subscription, fact.id()))) {
                    standings
                            .deciding(subscription, fact.id())
                            .filter(standing -> oracle.judge(fact, standing) == Oracle.Due.OWED)
                            .ifPresent(standing ->
                                    findings.add(FaultKind.MISSED_WAKE, () -> fact + "\nnever came to " + standing));
                }
            }
        }
    }

    private Set<Duty> accounted(Map<WakeName, List<Delivery>> wakes) {
        Set<Duty> duties = new HashSet<>();
        wakes.values().stream()
                .map(deliveries -> deliveries.get(0))
                .filter(delivery -> !delivery.replay())
                .forEach(delivery -> duties.add(new Duty(delivery.subscription(), delivery.fact())));
        ending.ended().forEach(wake -> duties.add(new Duty(wake.subscription(), wake.fact())));
        return duties;
    }

    private record Duty(String subscription, FactId fact) {}
}
