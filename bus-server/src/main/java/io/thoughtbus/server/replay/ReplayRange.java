package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.JournalPoint;
import java.util.List;

/**
 * The part of the journal that a replay reads.
 *
 * @param from where it starts, included
 * @param to where it ends, included
 * @param ends for each shard the last position that belongs to it; empty where {@code to} alone says
 */
record ReplayRange(JournalPoint from, JournalPoint to, List<FactId> ends) {
    ReplayRange {
        ends = ends == null ? List.of() : List.copyOf(ends);
    }

    /** The first position of a shard that has not been read, as the start of an XRANGE. */
    String start(int shard, FactId read) {
        FactId first = from.first();
        if (read.compareTo(first) < 0) {
            return (shard >= first.shard() ? "" : "(") + first.milliseconds() + "-" + first.sequence();
        }
        return (shard > read.shard() ? "" : "(") + read.milliseconds() + "-" + read.sequence();
    }

    /** The last position of a shard, as the end of an XRANGE. */
    String end(int shard) {
        FactId last = ends.isEmpty() ? to.last() : ends.get(shard);
        // No fact stands at 0-0, and XRANGE refuses an end before it.
        boolean isOrigin = last.milliseconds() == 0 && last.sequence() == 0;
        boolean included = !ends.isEmpty() || shard <= last.shard() || isOrigin;
        return (included ? "" : "(") + last.milliseconds() + "-" + last.sequence();
    }

    /** How much of the range lies before a position, from 0 to 1. */
    double progress(FactId start, FactId read) {
        double length = Math.max(1, to.last().milliseconds() - start.milliseconds());
        return Math.max(0, Math.min(1, (read.milliseconds() - start.milliseconds()) / length));
    }
}
