package io.thoughtbus.server.delivery;

import redis.clients.jedis.StreamEntryID;

/**
 * How far the dispatch of one shard of one namespace has come.
 *
 * @param cursor every fact up to here has been dispatched
 * @param recorded matches up to here have been recorded, by this server or by one before
 */
record ShardState(StreamEntryID cursor, StreamEntryID recorded) {
    ShardState advancedTo(StreamEntryID position) {
        return new ShardState(position, recorded.compareTo(position) < 0 ? position : recorded);
    }
}
