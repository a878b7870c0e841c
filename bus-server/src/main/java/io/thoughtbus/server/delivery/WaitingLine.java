package io.thoughtbus.server.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Those who wait at one subscription, in turn. Who is being served is out of turn until that has ended. */
final class WaitingLine {
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private final Set<Waiter> served = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Waiter> overdue = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean missed;

    void join(Waiter waiter) {
        waiting.addLast(waiter);
    }

    /** The next to be served who is ready; should there be none but those who are being served, that is remembered. */
    Optional<Waiter> serve() {
        Optional<Waiter> first = waiting.stream().filter(Waiter::isReady).findFirst();
        first.ifPresentOrElse(
                waiter -> {
                    waiting.remove(waiter);
                    served.add(waiter);
                },
                () -> missed = true);
        return first;
    }

    /** Ends a turn; false if its time was up meanwhile, and it has to go. */
    boolean rejoin(Waiter waiter) {
        if (!served.remove(waiter)) {
            return true;
        }
        if (overdue.remove(waiter)) {
            return false;
        }
        waiting.addLast(waiter);
        return true;
    }

    /** Says that its time is up; true if it is to go now, false if it is gone, or goes when it has been served. */
    boolean isUp(Waiter waiter) {
        if (served.contains(waiter)) {
            overdue.add(waiter);
            return false;
        }
        return waiting.remove(waiter);
    }

    /** Whether it was here. */
    boolean quit(Waiter waiter) {
        overdue.remove(waiter);
        return served.remove(waiter) || waiting.remove(waiter);
    }

    /** Whether somebody was looked for in vain since this was last asked. */
    boolean wasMissed() {
        boolean answer = missed;
        missed = false;
        return answer;
    }

    List<Waiter> all() {
        List<Waiter> all = new ArrayList<>(waiting);
        all.addAll(served);
        return all;
    }

    int size() {
        return waiting.size() + served.size();
    }
}
