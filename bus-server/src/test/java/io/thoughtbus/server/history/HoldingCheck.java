package io.thoughtbus.server.history;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges the life of each wake: in one hand at a time, settled in the end, and never again after it was done. */
final class HoldingCheck {
    private final Set<WakeName> ended;
    private final long tolerance;
    private final Findings findings;

    /** @param tolerance by how many nanoseconds the clock of the leases may differ from the history's */
    HoldingCheck(List<EndedWake> ended, long tolerance, Findings findings) {
        this.ended = ended.stream().map(EndedWake::name).collect(Collectors.toSet());
        this.tolerance = tolerance;
        this.findings = findings;
    }

    void check(Map<WakeName, List<Delivery>> wakes) {
        wakes.forEach((name, deliveries) -> {
            findHeldByTwo(deliveries);
            findNeverSettled(name, deliveries);
            findWokenAfterDone(deliveries);
        });
    }

    private void findHeldByTwo(List<Delivery> deliveries) {
        Delivery longest = deliveries.get(0);
        for (Delivery next : deliveries.subList(1, deliveries.size())) {
            Delivery held = longest;
            long until = next.heldUntil(tolerance);
            if (next.receivedAt() < held.heldUntil(tolerance)
                    && next.receivedAt() < until
                    && !isSeenAgain(held, next)) {
                findings.add(FaultKind.HELD_BY_TWO, () -> held + "\n" + next);
            }
            longest = until > held.heldUntil(tolerance) ? next : held;
        }
    }

    /** Whether a connection that was resumed has told its taker once more what it holds. */
    private static boolean isSeenAgain(Delivery held, Delivery next) {
        return held.attempt() == next.attempt() && held.taker().equals(next.taker());
    }

    private void findNeverSettled(WakeName name, List<Delivery> deliveries) {
        int last = deliveries.stream().mapToInt(Delivery::attempt).max().orElse(0);
        boolean settled = ended.contains(name)
                || deliveries.stream()
                        .anyMatch(delivery -> delivery.verdicts().stream()
                                .anyMatch(verdict -> verdict.hasSettled()
                                        || (verdict.mayHaveSettled() && delivery.attempt() == last)));
        if (!settled) {
            findings.add(FaultKind.NEVER_SETTLED, () -> Lines.of(deliveries));
        }
    }

    /** An attempt before the one that was done may come late; the same or a later one must not be handed over again. */
    private void findWokenAfterDone(List<Delivery> deliveries) {
        Optional<Done> done = deliveries.stream()
                .flatMap(delivery -> delivery.verdicts().stream()
                        .filter(GivenVerdict::isDone)
                        .map(verdict -> new Done(delivery.attempt(), verdict.completedAt())))
                .min(Comparator.comparingLong(Done::at));
        done.flatMap(first -> deliveries.stream()
                        .filter(delivery -> delivery.receivedAt() > first.at() && delivery.attempt() >= first.attempt())
                        .findFirst())
                .ifPresent(again -> findings.add(FaultKind.WOKEN_AFTER_DONE, () -> Lines.of(deliveries)));
    }

    private record Done(int attempt, long at) {}
}
