package io.thoughtbus.server.archive;

import io.thoughtbus.server.archive.SealedLeaf.Stream;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.retention.FactNeed;
import io.thoughtbus.server.retention.UntakenEntries;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import redis.clients.jedis.StreamEntryID;

/** The facts that are not archived yet, or the records of whose matches are not. */
@Component
@Order(FactNeed.OWED)
@IfArchiving
final class ArchiveNeed implements FactNeed {
    private final Segments segments;
    private final UntakenEntries untaken;
    private final Shards shards;

    ArchiveNeed(Segments segments, UntakenEntries untaken, Shards shards) {
        this.segments = segments;
        this.untaken = untaken;
        this.shards = shards;
    }

    @Override
    public Map<Integer, StreamEntryID> oldest(String namespace) {
        Optional<SegmentIndex> last = segments.last(namespace).map(Segment::index);
        Map<Integer, StreamEntryID> oldest = new HashMap<>();
        shards.all()
                .forEach(shard -> oldest.put(
                        shard,
                        last.isEmpty()
                                ? new StreamEntryID(0, 0)
                                : untaken.oldest(
                                        namespace,
                                        shard,
                                        last.get().last(Stream.FACTS, shard),
                                        last.get().last(Stream.MATCHES, shard))));
        return oldest;
    }
}
