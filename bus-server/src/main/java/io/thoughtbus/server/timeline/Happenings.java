package io.thoughtbus.server.timeline;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.TimelineEntry;
import java.util.List;
import java.util.function.Consumer;

/** Something that knows a part of what happened to facts. */
public interface Happenings {
    /**
     * What it knows of some facts, in any order.
     *
     * @param facts in the order of the journal, a few; some may have been erased
     * @param missing is told in words what happened, or may have, and cannot be told
     */
    List<TimelineEntry> of(String namespace, List<FactId> facts, Consumer<String> missing);
}
