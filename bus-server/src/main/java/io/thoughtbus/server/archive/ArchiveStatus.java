package io.thoughtbus.server.archive;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Which journals are not archived, as far as this server archives them. */
@Component
@IfArchiving
final class ArchiveStatus {
    private final Clock clock;
    private final Map<String, Stuck> stuck = new ConcurrentHashMap<>();

    ArchiveStatus(Clock clock) {
        this.clock = clock;
    }

    void kept(String namespace) {
        stuck.remove(namespace);
    }

    /** Whether that is new. */
    boolean failed(String namespace, RuntimeException e) {
        Stuck now = new Stuck(clock.instant(), String.valueOf(e.getMessage()));
        return stuck.merge(namespace, now, (before, again) -> new Stuck(before.since(), again.why()))
                .since()
                .equals(now.since());
    }

    /** Another server archives. */
    void idle() {
        stuck.clear();
    }

    /** The namespaces whose journals are not archived, with the reason. */
    Map<String, Stuck> stuck() {
        return new TreeMap<>(stuck);
    }

    /**
     * Something that does not go on.
     *
     * @param since when it was first seen
     * @param why what hinders it
     */
    record Stuck(Instant since, String why) {}
}
