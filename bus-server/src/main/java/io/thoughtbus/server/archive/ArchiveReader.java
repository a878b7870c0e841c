package io.thoughtbus.server.archive;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.archive.SealedLeaf.Stream;
import io.thoughtbus.server.journal.JournalArchive;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntryBinary;

/** Reads the journal's entries from the segments. */
@Component
@IfArchiving
final class ArchiveReader implements JournalArchive {
    private final Segments segments;

    ArchiveReader(Segments segments) {
        this.segments = segments;
    }

    @Override
    public List<StreamEntryBinary> facts(String namespace, int shard, StreamEntryID from, StreamEntryID to, int most) {
        return entries(namespace, Stream.FACTS, shard, from, to, most);
    }

    @Override
    public List<StreamEntryBinary> matches(
            String namespace, int shard, StreamEntryID from, StreamEntryID to, int most) {
        return entries(namespace, Stream.MATCHES, shard, from, to, most);
    }

    @Override
    public Optional<FactId> missing(String namespace, FactId gone) {
        Optional<SegmentIndex> last = segments.last(namespace).map(Segment::index);
        StreamEntryID position = new StreamEntryID(gone.milliseconds(), gone.sequence());
        if (last.isEmpty() || last.get().last(Stream.FACTS, gone.shard()).compareTo(position) < 0) {
            return Optional.of(gone);
        }
        return Optional.ofNullable(last.get().shards().get(gone.shard()).missing())
                .map(StreamEntryID::new)
                .map(missing -> new FactId(gone.shard(), missing.getTime(), missing.getSequence()));
    }

    private List<StreamEntryBinary> entries(
            String namespace, Stream stream, int shard, StreamEntryID from, StreamEntryID to, int most) {
        return segments.range(namespace, stream, shard, from, to, most).stream()
                .map(leaf -> Objects.requireNonNull(leaf.entry()))
                .toList();
    }
}
