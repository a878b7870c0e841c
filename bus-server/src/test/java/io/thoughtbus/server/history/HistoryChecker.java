package io.thoughtbus.server.history;

import io.thoughtbus.protocol.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges whether the bus kept its promises in a run, however hard it was hit. It reports a fault only if no order of what
 * happened between requests and answers would excuse it. Takes time in proportion to the events, and to the facts times
 * the subscriptions.
 *
 * <pre>{@code
 * HistoryRecorder recorder = HistoryRecorder.start();
 * Publishing publishing = recorder.publishing("load", draft);
 * publishing.accepted(bus.publish(draft));
 * ...
 * HistoryChecker.surviving(Durability.FSYNCED)
 *         .check(recorder.history(), new Ending(journal, standings, deadLetters), oracle)
 *         .assertClean();
 * }</pre>
 */
public final class HistoryChecker {
    private static final Duration USUAL_TOLERANCE = Duration.ofMillis(5);

    private final Durability survives;
    private final Duration tolerance;

    private HistoryChecker(Durability survives, Duration tolerance) {
        this.survives = survives;
        this.tolerance = tolerance;
    }

    /** A checker for faults that no fact accepted with this durability, or more, may be lost by. */
    public static HistoryChecker surviving(Durability level) {
        return new HistoryChecker(level, USUAL_TOLERANCE);
    }

    /** The same for a bus whose clock may differ from the history's by this much; usually 5 ms. */
    public HistoryChecker withClockTolerance(Duration tolerance) {
        return new HistoryChecker(survives, tolerance);
    }

    /** Judges a run that has come to rest. */
    public HistoryReport check(History history, Ending ending, Oracle oracle) {
        Findings findings = new Findings();
        JournalIndex journal = new JournalIndex(ending.journal());
        Map<WakeName, List<Delivery>> wakes = new LinkedHashMap<>();
        for (Delivery delivery : history.deliveries()) {
            wakes.computeIfAbsent(delivery.name(), name -> new ArrayList<>(1)).add(delivery);
        }

        new PublicationCheck(journal, survives, findings).check(history.publications());
        OrderCheck order = new OrderCheck(journal, findings);
        order.checkJournal(history.publications());
        order.checkDeliveries(history.deliveries());
        new DutyCheck(journal, ending, oracle, findings).check(wakes);
        new HoldingCheck(ending.ended(), tolerance.toNanos(), findings).check(wakes);
        return new HistoryReport(Tally.of(history, journal, wakes), findings.faults());
    }
}
