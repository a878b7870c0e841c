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
        StreamEntryID position = new StreamEntryID(gone.milliseconds(), gone.sequence());
        lookAgainIfBehind(namespace, gone.shard(), position);
        if (!segments.mayReach(namespace, gone.shard(), position)) {
            return Optional.of(gone);
        }
        return segments.newestReadable(namespace)
                .map(newest -> newest.index().shards())
                .filter(shards -> gone.shard() < shards.size())
                .map(shards -> shards.get(gone.shard()).missing())
                .map(StreamEntryID::new)
                .map(missing -> new FactId(gone.shard(), missing.getTime(), missing.getSequence()));
    }

    /** What is asked for has left Redis, so if it is not in the segments listed before, another server has added some. */
    private void lookAgainIfBehind(String namespace, int shard, StreamEntryID position) {
        if (!segments.mayReach(namespace, shard, position)) {
            segments.changed(namespace);
        }
    }

    private List<StreamEntryBinary> entries(
            String namespace, Stream stream, int shard, StreamEntryID from, StreamEntryID to, int most) {
        lookAgainIfBehind(namespace, shard, to);
        return segments.range(namespace, stream, shard, from, to, most).stream()
                .map(leaf -> Objects.requireNonNull(leaf.entry()))
                .toList();
    }
}
