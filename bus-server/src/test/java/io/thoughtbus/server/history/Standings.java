package io.thoughtbus.server.history;

import io.thoughtbus.protocol.FactId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which version of a subscription decides which fact. */
final class Standings {
    private final Map<String, List<Standing>> newestFirst = new LinkedHashMap<>();

    Standings(List<Standing> standings) {
        for (Standing standing : standings) {
            newestFirst
                    .computeIfAbsent(standing.subscription(), subscription -> new ArrayList<>(1))
                    .add(standing);
        }
        newestFirst
                .values()
                .forEach(versions ->
                        versions.sort(Comparator.comparingInt(Standing::version).reversed()));
    }

    Set<String> subscriptions() {
        return newestFirst.keySet();
    }

    /** The version that decides a new fact. */
    Optional<Standing> deciding(String subscription, FactId fact) {
        return newestFirst.getOrDefault(subscription, List.of()).stream()
                .filter(standing -> standing.isActiveAt(fact))
                .findFirst();
    }

    Optional<Standing> version(String subscription, int version) {
        return newestFirst.getOrDefault(subscription, List.of()).stream()
                .filter(standing -> standing.version() == version)
                .findFirst();
    }
}
