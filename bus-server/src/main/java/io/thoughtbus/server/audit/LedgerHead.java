package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.Hash;
import io.thoughtbus.ledger.Tile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.StreamEntryID;

/**
 * Where a ledger ends.
 *
 * @param size how many leaves it has
 * @param peaks of its tree
 * @param at when the last leaf was appended, in milliseconds; 0 if there is none
 * @param indexed from which leaf on what became of wakes is found by their facts
 * @param cursors for each source that was asked for what the ledger has taken of it last
 */
record LedgerHead(long size, List<Hash> peaks, long at, long indexed, Map<String, String> cursors) {

    private static final List<String> ALWAYS = List.of("size", "peaks", "at", "indexed");
    private static final String NOTHING_TAKEN = "0-0";

    /** What is read of a ledger's head to know how far some sources were taken. */
    static byte[][] fields(List<String> sources) {
        List<String> fields = new ArrayList<>(ALWAYS);
        fields.addAll(sources);
        return fields.stream()
                .map(field -> field.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /**
     * The head that was read.
     *
     * @param values of the {@link #fields}, null for those that are not there
     */
    static LedgerHead of(List<String> sources, List<byte[]> values) {
        byte[] peaks = values.get(1);
        long size = number(values.get(0), 0);
        Map<String, String> cursors = new HashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            byte[] cursor = values.get(ALWAYS.size() + i);
            cursors.put(sources.get(i), cursor == null ? NOTHING_TAKEN : text(cursor));
        }
        return new LedgerHead(
                size,
                peaks == null ? List.of() : Tile.hashes(peaks),
                number(values.get(2), 0),
                number(values.get(3), size),
                cursors);
    }

    /** What was taken last of a stream that was asked for. */
    StreamEntryID stream(String source) {
        return new StreamEntryID(trail(source));
    }

    /** The number of the act that was taken last of a trail that was asked for. */
    String trail(String source) {
        return Objects.requireNonNull(cursors.get(source), () -> "the cursor of " + source + " was not asked for");
    }

    private static long number(byte @Nullable [] value, long absent) {
        return value == null ? absent : Long.parseLong(text(value));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
