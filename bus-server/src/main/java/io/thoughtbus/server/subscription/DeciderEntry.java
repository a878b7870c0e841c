package io.thoughtbus.server.subscription;

import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Another model or guard decides facts of a shard from here on.
 *
 * @param after the last position that was decided by the one before
 */
record DeciderEntry(StreamEntryID id, Decider decider, StreamEntryID after) {

    static boolean isOne(StreamEntry stored) {
        return stored.getFields().containsKey("m");
    }

    static DeciderEntry of(StreamEntry stored) {
        return new DeciderEntry(
                stored.getID(),
                Decider.parse(stored.getFields().getOrDefault("m", " ")),
                new StreamEntryID(stored.getFields().getOrDefault("a", "0-0")));
    }
}
