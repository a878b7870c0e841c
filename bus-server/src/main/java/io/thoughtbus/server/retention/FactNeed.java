package io.thoughtbus.server.retention;

import java.util.Map;
import redis.clients.jedis.StreamEntryID;

/** Something that still needs facts of the journal. */
public interface FactNeed {
    /**
     * For each shard the position of the oldest fact that is needed; a shard that is absent may lose any. A fact that is
     * not needed when this is called must not become needed later, but by a replay that finds it gone.
     */
    Map<Integer, StreamEntryID> oldest(String namespace);
}
