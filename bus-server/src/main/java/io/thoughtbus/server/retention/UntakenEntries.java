package io.thoughtbus.server.retention;

import io.thoughtbus.server.redis.RedisKeys;
import java.util.List;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** Tells which facts who copies the journal has still to copy, or the records of whose matches. */
@Component
public final class UntakenEntries {
    private final RedisClient redis;

    /** Asks through one client. */
    public UntakenEntries(RedisClient redis) {
        this.redis = redis;
    }

    /**
     * The oldest fact of a shard that is needed.
     *
     * @param facts the last one that was copied
     * @param matches the last record that was copied
     */
    public StreamEntryID oldest(String namespace, int shard, StreamEntryID facts, StreamEntryID matches) {
        // First of all: what is recorded after the dispatcher's cursor was read is of facts behind it.
        String dispatched = redis.hget(RedisKeys.shard(namespace, shard, "dispatch"), "cursor");
        StreamEntryID needed =
                first(facts, dispatched == null ? new StreamEntryID(0, 0) : new StreamEntryID(dispatched));
        List<StreamEntry> untaken = redis.xrange(RedisKeys.shard(namespace, shard, "matches"), "(" + matches, "+", 1);
        return untaken.isEmpty() ? needed : first(needed, untaken.get(0).getID());
    }

    private static StreamEntryID first(StreamEntryID a, StreamEntryID b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
