package io.thoughtbus.server.audit;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Which ledgers do not go on, as far as this server keeps them. */
@Component
class LedgerStatus {
    private final Clock clock;
    private final Map<String, Stuck> stuck = new ConcurrentHashMap<>();
    private final Map<String, Stuck> behind = new ConcurrentHashMap<>();
    private final Map<String, Stuck> notSigned = new ConcurrentHashMap<>();

    LedgerStatus(Clock clock) {
        this.clock = clock;
    }

    /** Whether the ledger has all there was, or only as much as it takes in one turn. */
    void kept(String namespace, boolean finished) {
        stuck.remove(namespace);
        if (finished) {
            behind.remove(namespace);
        } else {
            behind.merge(namespace, new Stuck(clock.instant(), "more comes than is taken"), Stuck::again);
        }
    }

    void failed(String namespace, RuntimeException e) {
        stuck.merge(namespace, new Stuck(clock.instant(), String.valueOf(e.getMessage())), Stuck::again);
    }

    void signed(String namespace) {
        notSigned.remove(namespace);
    }

    /** Whether that is new. */
    boolean unsigned(String namespace, RuntimeException e) {
        boolean isNew = !notSigned.containsKey(namespace);
        notSigned.merge(namespace, new Stuck(clock.instant(), String.valueOf(e.getMessage())), Stuck::again);
        return isNew;
    }

    /** Another server keeps the ledgers. */
    void idle() {
        stuck.clear();
        behind.clear();
        notSigned.clear();
    }

    /** The namespaces whose ledgers take nothing, with the reason. */
    Map<String, Stuck> stuck() {
        return new TreeMap<>(stuck);
    }

    /** The namespaces whose ledgers are behind. */
    Map<String, Stuck> behind() {
        return new TreeMap<>(behind);
    }

    /** The namespaces whose ledgers are not signed, with the reason. */
    Map<String, Stuck> notSigned() {
        return new TreeMap<>(notSigned);
    }

    /**
     * Something that does not go on.
     *
     * @param since when it was first seen
     * @param why what hinders it
     */
    record Stuck(Instant since, String why) {
        private static Stuck again(Stuck before, Stuck now) {
            return new Stuck(before.since(), now.why());
        }
    }
}
