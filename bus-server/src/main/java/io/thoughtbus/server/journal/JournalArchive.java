package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactId;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntryBinary;

/**
 * Where entries are that were archived before they left Redis. What it holds of a stream has no gaps but for what was
 * erased and what {@link #missing} tells; nothing leaves Redis' streams that it does not hold.
 */
public interface JournalArchive {
    /**
     * The oldest facts of a shard between two positions, both included, each as its stream held it.
     *
     * @throws LostEntriesException if some cannot be read
     */
    List<StreamEntryBinary> facts(String namespace, int shard, StreamEntryID from, StreamEntryID to, int most);

    /** As {@link #facts}, the records of their matches. */
    List<StreamEntryBinary> matches(String namespace, int shard, StreamEntryID from, StreamEntryID to, int most);

    /**
     * The last position of a shard, up to one at which Redis has none any more, whose fact had left before it could be
     * archived; empty if there is none.
     */
    Optional<FactId> missing(String namespace, FactId gone);
}
