package io.thoughtbus.server.timeline;

import io.thoughtbus.protocol.TimelineEntry;
import io.thoughtbus.protocol.TimelineEntry.What;
import io.thoughtbus.server.audit.WakeAct;
import io.thoughtbus.server.delivery.WakeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The entries about wakes: what became of each, in order, with how it stands after the last. */
final class WakeLines {
    private final List<TimelineEntry> ofReplays = new ArrayList<>();
    private final List<TimelineEntry> entries = new ArrayList<>();

    void add(WakeAct act) {
        List<TimelineEntry> its = act.wake().replay() == null ? entries : ofReplays;
        ActWords.what(act)
                .ifPresent(what ->
                        its.add(new TimelineEntry(act.at(), what, act.fact(), act.subscription(), ActWords.of(act))));
    }

    /** Adds what a subscriber judged, where no verdict says so already. */
    void add(TimelineEntry judged) {
        addUnless(judged, What.VERDICT);
    }

    /** Adds how a wake stands, where what became of it does not say so already. */
    void stand(WakeState state) {
        switch (state.kind()) {
            case OWED, IN_HAND, RESTING -> standOwed(state);
            case DEAD -> addUnless(left(state), What.DEAD_LETTER);
            case GONE -> addUnless(left(state), What.VERDICT, What.DEAD_LETTER);
        }
    }

    List<TimelineEntry> entries() {
        return Stream.concat(entries.stream(), ofReplays.stream()).toList();
    }

    private void standOwed(WakeState state) {
        TimelineEntry left = left(state);
        for (int i = entries.size() - 1; i >= 0; i--) {
            TimelineEntry last = entries.get(i);
            if (isOfOneWake(last, left)) {
                entries.set(i, last.withDetail(last.detail() + "; now " + state.inWords()));
                return;
            }
        }
        entries.add(left);
    }

    private void addUnless(TimelineEntry entry, What... any) {
        List<What> enough = List.of(any);
        if (entries.stream().noneMatch(said -> enough.contains(said.what()) && isOfOneWake(said, entry))) {
            entries.add(entry);
        }
    }

    private static boolean isOfOneWake(TimelineEntry a, TimelineEntry b) {
        return a.fact().equals(b.fact()) && Objects.equals(a.who(), b.who());
    }

    private static TimelineEntry left(WakeState state) {
        What what = switch (state.kind()) {
            case OWED -> What.OWED;
            case IN_HAND, RESTING -> What.DELIVERED;
            case DEAD -> What.DEAD_LETTER;
            case GONE -> What.VERDICT;
        };
        Instant at = state.kind() == WakeState.Kind.DEAD ? state.when() : null;
        return new TimelineEntry(at, what, state.fact(), state.subscription(), state.inWords());
    }
}
