package io.thoughtbus.server.delivery;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import redis.clients.jedis.StreamEntryID;

/**
 * How far the dispatch of one lane has come in each namespace, written down a few times a second: each write is waited
 * for by whoever writes at the same time, and a position written late only makes dispatch repeat what it may repeat.
 */
final class Cursors {
    private static final Duration EVERY = Duration.ofMillis(200);

    private final RedisLane lane;
    private final Ticker ticker;
    private final Map<String, StreamEntryID> unwritten = new HashMap<>();
    private long since;

    Cursors(RedisLane lane, Ticker ticker) {
        this.lane = lane;
        this.ticker = ticker;
    }

    /** Every fact of a namespace up to a position has been dispatched. */
    void reached(String namespace, StreamEntryID position) {
        if (unwritten.isEmpty()) {
            since = ticker.read();
        }
        unwritten.put(namespace, position);
    }

    /** Writes what has waited long enough. */
    void writeDue() {
        if (!unwritten.isEmpty() && ticker.read() - since >= EVERY.toNanos()) {
            write();
        }
    }

    /** Writes what is not written yet. */
    void write() {
        unwritten.forEach(lane::advance);
        forget();
    }

    /** Leaves unwritten what is not written yet. */
    void forget() {
        unwritten.clear();
    }

    /** How long there is nothing to write, at most so long. */
    Duration rest(Duration longest) {
        if (unwritten.isEmpty()) {
            return longest;
        }
        Duration left = EVERY.minusNanos(ticker.read() - since);
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }
}
