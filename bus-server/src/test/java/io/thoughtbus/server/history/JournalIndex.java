package io.thoughtbus.server.history;

import io.thoughtbus.protocol.FactId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journal at the end, by position and by name. */
final class JournalIndex {
    private final Map<FactId, Journalled> byId = new LinkedHashMap<>();
    private final Map<FactName, List<Journalled>> byName = new LinkedHashMap<>();
    private final Map<Statement, Journalled> byStatement = new HashMap<>();

    JournalIndex(List<Journalled> journal) {
        for (Journalled fact : journal) {
            if (byId.put(fact.id(), fact) != null) {
                throw new IllegalArgumentException("the journal was read with two facts at " + fact.id());
            }
            byName.computeIfAbsent(fact.name(), name -> new ArrayList<>(1)).add(fact);
            byStatement.putIfAbsent(fact.statement(), fact);
        }
    }

    Collection<Journalled> facts() {
        return Collections.unmodifiableCollection(byId.values());
    }

    Collection<List<Journalled>> factsByName() {
        return Collections.unmodifiableCollection(byName.values());
    }

    Optional<Journalled> at(FactId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The facts of this name, usually one. */
    List<Journalled> named(FactName name) {
        return byName.getOrDefault(name, List.of());
    }

    /** The first fact that says just this. */
    Optional<Journalled> stating(Statement statement) {
        return Optional.ofNullable(byStatement.get(statement));
    }
}
