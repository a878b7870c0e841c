package io.thoughtbus.server.campaign;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.JournalPoint;
import io.thoughtbus.protocol.Subscription;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.server.history.Delivery;
import io.thoughtbus.server.history.EndedWake;
import io.thoughtbus.server.history.History;
import io.thoughtbus.server.history.Journalled;
import io.thoughtbus.server.history.Oracle;
import io.thoughtbus.server.history.Standing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Which versions of which subscriptions were declared and deleted, and what each of them wants. */
final class Ledger {
    private final Map<Version, Interesting> versions = new ConcurrentHashMap<>();
    private final Queue<Standing> standings = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> deletedAt = new ConcurrentHashMap<>();
    private final Map<String, Interesting> withPast = new ConcurrentHashMap<>();

    /** Declares a subscription, for the first time or anew. */
    void declare(ThoughtBus bus, String id, Interesting interest) {
        enter(bus.declare(id, interest.draft()), interest);
    }

    /** Declares a new subscription that wants all of the past too. */
    void declareWithPast(ThoughtBus bus, String id, Interesting interest) {
        SubscriptionDraft draft = interest.draft().startingAt(JournalPoint.parse("from", "0-0-0"));
        enter(bus.declare(id, draft), interest);
        withPast.put(id, interest);
    }

    /** Deletes a subscription for good. */
    void delete(ThoughtBus bus, String id) {
        bus.delete(id);
        deletedAt.put(id, System.currentTimeMillis());
    }

    List<Standing> standings() {
        return List.copyOf(standings);
    }

    Set<String> subscriptions() {
        return versions.keySet().stream().map(Version::subscription).collect(Collectors.toSet());
    }

    /** The subscriptions that were to have the past too, and what they want. */
    Map<String, Interesting> withPast() {
        return Map.copyOf(withPast);
    }

    /** When each of those that are gone was gone for certain, in milliseconds since 1970. */
    Map<String, Long> deletedAt() {
        return Map.copyOf(deletedAt);
    }

    /** The wakes that ended because their subscription was deleted. */
    List<EndedWake> ended(History history) {
        return history.deliveries().stream()
                .filter(delivery -> deletedAt.containsKey(delivery.subscription()))
                .map(Ledger::ended)
                .distinct()
                .toList();
    }

    /** Of a subscription that was deleted, nobody can say which of its wakes came before. */
    Oracle oracle() {
        return (fact, standing) -> {
            if (!wants(standing, fact)) {
                return Oracle.Due.NOT_OWED;
            }
            return deletedAt.containsKey(standing.subscription()) ? Oracle.Due.EITHER : Oracle.Due.OWED;
        };
    }

    private void enter(Subscription declared, Interesting interest) {
        versions.put(new Version(declared.id(), declared.version()), interest);
        standings.add(Standing.of(declared));
    }

    private boolean wants(Standing standing, Journalled fact) {
        return Objects.requireNonNull(versions.get(new Version(standing.subscription(), standing.version())))
                .wants(fact);
    }

    private static EndedWake ended(Delivery delivery) {
        return new EndedWake(delivery.subscription(), delivery.wake());
    }

    private record Version(String subscription, int version) {}
}
