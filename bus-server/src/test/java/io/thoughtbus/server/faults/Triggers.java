package io.thoughtbus.server.faults;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The triggers of a proxy that wait. */
final class Triggers {
    private final List<Trigger> waiting = new CopyOnWriteArrayList<>();

    Trigger add(Trigger trigger) {
        waiting.removeIf(done -> !done.isArmed());
        waiting.add(trigger);
        return trigger;
    }

    /** Whether any of them waits, so that commands must pass one by one. */
    boolean areArmed() {
        return waiting.stream().anyMatch(Trigger::isArmed);
    }

    /** The one to fire at this command, if any; all of them take note of it. */
    Optional<Trigger> meet(Request request) {
        Optional<Trigger> due = Optional.empty();
        for (Trigger trigger : waiting) {
            if (trigger.meets(request)) {
                if (due.isEmpty()) {
                    due = Optional.of(trigger);
                } else {
                    trigger.missed();
                }
            }
        }
        return due;
    }
}
