package io.thoughtbus.server.history;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The faults found so far; only the first of each kind is put in words. */
final class Findings {
    private final Map<FaultKind, Fault> faults = new EnumMap<>(FaultKind.class);

    void add(FaultKind kind, Supplier<String> example) {
        Fault known = faults.get(kind);
        faults.put(
                kind,
                known == null
                        ? new Fault(kind, 1, example.get())
                        : new Fault(kind, known.count() + 1, known.example()));
    }

    List<Fault> faults() {
        return List.copyOf(faults.values());
    }
}
