package io.thoughtbus.server.retention;

import java.util.Map;
import redis.clients.jedis.StreamEntryID;

/**
 * Something that still needs facts of the journal. What can still owe wakes for facts is asked before the inboxes are, so
 * that no wake is owed unseen between the two.
 */
public interface FactNeed {
    /** The order of those that owe wakes. */
    int OWING = 1;

    /** The order of those that are owed wakes. */
    int OWED = 2;

    /**
     * For each shard the position of the oldest fact that is needed; a shard that is absent may lose any. A fact that is
     * not needed when this is called must not become needed later, but by a replay that finds it gone.
     */
    Map<Integer, StreamEntryID> oldest(String namespace);
}
