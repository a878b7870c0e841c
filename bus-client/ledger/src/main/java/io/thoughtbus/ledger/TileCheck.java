package io.thoughtbus.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the records of one tile with the hashes that they must have, and finds words for the first difference. */
final class TileCheck {
    private final long first;
    private final List<Hash> hashes;
    private final List<HeldRecord> held;
    private final boolean ends;
    private final long lastLine;
    private final Map<Hash, Long> leaves = new HashMap<>();

    /**
     * A comparison.
     *
     * @param first the leaf that the first hash is of
     * @param hashes what must be there
     * @param held what is there
     * @param ends whether nothing follows
     * @param lastLine the last line that was read
     */
    TileCheck(long first, List<Hash> hashes, List<HeldRecord> held, boolean ends, long lastLine) {
        this.first = first;
        this.hashes = hashes;
        this.held = held;
        this.ends = ends;
        this.lastLine = lastLine;
    }

    /** Throws {@link TamperedException} at the first difference. */
    void run() {
        for (int i = 0; i < Math.max(hashes.size(), held.size()); i++) {
            if (i >= hashes.size()) {
                throw found(
                        Finding.Kind.INSERTED,
                        first + i,
                        held.get(i),
                        "a record stands after leaf " + (first + i - 1) + " that the ledger does not have there");
            }
            if (i >= held.size()) {
                throw missing(first + i);
            }
            if (!held.get(i).is(first + i, hashes.get(i))) {
                throw different(i);
            }
        }
    }

    private TamperedException missing(long leaf) {
        return ends
                ? new TamperedException(
                        new Finding(Finding.Kind.TRUNCATED, leaf, lastLine, "the export ends before leaf " + leaf))
                : new TamperedException(new Finding(
                        Finding.Kind.MISSING, leaf, lastLine, "leaf " + leaf + " is missing after this line"));
    }

    private TamperedException different(int place) {
        for (int i = 0; i < hashes.size(); i++) {
            leaves.put(hashes.get(i), first + i);
        }
        HeldRecord record = held.get(place);
        long expected = first + place;
        long is = leafOf(record);
        if (is == expected) {
            return found(
                    Finding.Kind.ALTERED,
                    expected,
                    record,
                    "leaf " + expected
                            + " was altered: its record is right, but not the number or the hash that stands with it");
        }
        if (is < 0) {
            return place + 1 < held.size() && held.get(place + 1).is(expected, hashes.get(place))
                    ? found(
                            Finding.Kind.INSERTED,
                            expected,
                            record,
                            "a record stands before leaf " + expected + " that the ledger does not have")
                    : found(
                            Finding.Kind.ALTERED,
                            expected,
                            record,
                            "leaf " + expected + " was altered: the ledger holds another record");
        }
        boolean later = held.subList(place + 1, held.size()).stream().anyMatch(other -> leafOf(other) == expected);
        if (is < expected || (later && leafOf(held.get(place + 1)) == expected && isTwice(is))) {
            return found(
                    Finding.Kind.INSERTED,
                    expected,
                    record,
                    "a copy of leaf " + is + " stands before leaf " + expected);
        }
        return later
                ? found(
                        Finding.Kind.REORDERED,
                        expected,
                        record,
                        "leaf " + is + " stands in the place of leaf " + expected)
                : found(
                        Finding.Kind.MISSING,
                        expected,
                        record,
                        "leaf " + expected + " is missing: leaf " + is + " stands in its place");
    }

    private boolean isTwice(long leaf) {
        return held.stream().filter(record -> leafOf(record) == leaf).count() > 1;
    }

    private long leafOf(HeldRecord record) {
        Hash hash = record.hash();
        return hash == null ? -1 : leaves.getOrDefault(hash, -1L);
    }

    private static TamperedException found(Finding.Kind kind, long leaf, HeldRecord record, String message) {
        return new TamperedException(new Finding(kind, leaf, record.line(), message));
    }
}
