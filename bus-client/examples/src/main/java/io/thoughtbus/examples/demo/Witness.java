package io.thoughtbus.examples.demo;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Wake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Remembers which fact woke whom. */
final class Witness {
    private final Map<String, Map<FactId, Wake>> seen = new TreeMap<>();
    private final Map<FactId, Integer> count = new HashMap<>();

    synchronized void saw(String subscription, Wake wake) {
        if (seen.computeIfAbsent(subscription, id -> new TreeMap<>())
                        .put(wake.fact().id(), wake)
                == null) {
            count.merge(wake.fact().id(), 1, Integer::sum);
        }
        notifyAll();
    }

    /** The facts that woke a subscription, in the order of the journal. */
    synchronized List<FactId> facts(String subscription) {
        return new ArrayList<>(
                new TreeSet<>(seen.getOrDefault(subscription, Map.of()).keySet()));
    }

    /** The wakes of a subscription, in the order of the journal. */
    synchronized List<Wake> wakes(String subscription) {
        return List.copyOf(seen.getOrDefault(subscription, Map.of()).values());
    }

    synchronized int wakesBy(FactId fact) {
        return count.getOrDefault(fact, 0);
    }
}
