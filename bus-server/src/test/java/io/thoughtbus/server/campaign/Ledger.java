package io.thoughtbus.server.campaign;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.Subscription;
import io.thoughtbus.server.history.Journalled;
import io.thoughtbus.server.history.Oracle;
import io.thoughtbus.server.history.Standing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Which versions of which subscriptions were declared, and what each of them wants. */
final class Ledger {
    private final Map<Version, Interesting> versions = new ConcurrentHashMap<>();
    private final Queue<Standing> standings = new ConcurrentLinkedQueue<>();

    /** Declares a subscription, for the first time or anew. */
    void declare(ThoughtBus bus, String id, Interesting interest) {
        enter(bus.declare(id, interest.draft()), interest);
    }

    /** Notes what was declared. */
    void enter(Subscription declared, Interesting interest) {
        versions.put(new Version(declared.id(), declared.version()), interest);
        standings.add(Standing.of(declared));
    }

    List<Standing> standings() {
        return List.copyOf(standings);
    }

    Oracle oracle() {
        return Oracle.of(this::isOwed);
    }

    private boolean isOwed(Journalled fact, Standing standing) {
        return Objects.requireNonNull(versions.get(new Version(standing.subscription(), standing.version())))
                .wants(fact);
    }

    private record Version(String subscription, int version) {}
}
