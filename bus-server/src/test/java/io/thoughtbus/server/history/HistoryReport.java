package io.thoughtbus.server.history;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the checker makes of a history.
 *
 * @param faults one for each kind that was found
 */
public record HistoryReport(Tally tally, List<Fault> faults) {
    public HistoryReport {
        faults = List.copyOf(faults);
    }

    public boolean isClean() {
        return faults.isEmpty();
    }

    /** What was found of a kind, if anything. */
    public Optional<Fault> fault(FaultKind kind) {
        return faults.stream().filter(fault -> fault.kind() == kind).findFirst();
    }

    /** Throws an {@link AssertionError} with the whole report if there is a fault. */
    public void assertClean() {
        if (!isClean()) {
            throw new AssertionError("the history is not clean\n" + this);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(tally.toString());
        for (FaultKind kind : FaultKind.values()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-18s %7d  %s\n",
                    kind,
                    fault(kind).map(Fault::count).orElse(0),
                    kind.meaning()));
        }
        faults.forEach(fault -> text.append('\n').append(fault).append('\n'));
        return text.toString();
    }
}
