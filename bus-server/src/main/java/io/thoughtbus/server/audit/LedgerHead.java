package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.Hash;
import io.thoughtbus.ledger.Tile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.StreamEntryID;

/**
 * Where a ledger ends.
 *
 * @param size how many leaves it has
 * @param peaks of its tree
 * @param at when the last leaf was appended, in milliseconds; 0 if there is none
 * @param indexed from which leaf on what became of wakes is found by their facts
 * @param cursors for each source what the ledger has taken of it last
 */
record LedgerHead(long size, List<Hash> peaks, long at, long indexed, Map<String, String> cursors) {

    private static final byte[] NONE = {'0'};

    static LedgerHead of(Map<byte[], byte[]> fields) {
        Map<String, byte[]> named = new HashMap<>();
        fields.forEach((name, value) -> named.put(text(name), value));
        byte[] size = named.remove("size");
        byte[] peaks = named.remove("peaks");
        byte[] at = named.remove("at");
        byte[] indexed = named.remove("indexed");
        Map<String, String> cursors = new HashMap<>();
        named.forEach((name, value) -> cursors.put(name, text(value)));
        return new LedgerHead(
                size == null ? 0 : Long.parseLong(text(size)),
                peaks == null ? List.of() : Tile.hashes(peaks),
                at == null ? 0 : Long.parseLong(text(at)),
                Long.parseLong(text(indexed != null ? indexed : size != null ? size : NONE)),
                cursors);
    }

    /** What was taken last of a stream. */
    StreamEntryID stream(String source) {
        String cursor = cursors.get(source);
        return cursor == null ? new StreamEntryID(0, 0) : new StreamEntryID(cursor);
    }

    /** The number of the act that was taken last of a trail. */
    String trail(String source) {
        return cursors.getOrDefault(source, "0-0");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
