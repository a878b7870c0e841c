package io.thoughtbus.server.faults;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often what has happened in a proxy. */
final class Counters {
    private static final int MOST_NAMES = 1_000;

    private final Map<Counted, LongAdder> counts = new EnumMap<>(Counted.class);
    private final Map<String, LongAdder> names = new ConcurrentHashMap<>();

    Counters() {
        for (Counted counted : Counted.values()) {
            counts.put(counted, new LongAdder());
        }
    }

    void add(Counted counted, long more) {
        of(counted).add(more);
    }

    long count(Counted counted) {
        return of(counted).sum();
    }

    void passed(String name) {
        if (names.size() < MOST_NAMES) {
            names.computeIfAbsent(name.toUpperCase(Locale.ROOT), any -> new LongAdder())
                    .increment();
        }
    }

    long countPassed(String name) {
        LongAdder count = names.get(name.toUpperCase(Locale.ROOT));
        return count == null ? 0 : count.sum();
    }

    private LongAdder of(Counted counted) {
        return counts.getOrDefault(counted, new LongAdder());
    }
}
