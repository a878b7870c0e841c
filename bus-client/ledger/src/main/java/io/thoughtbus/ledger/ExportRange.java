package io.thoughtbus.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * What an export is of.
 *
 * @param origin which ledger
 * @param from its first leaf
 * @param to the leaf after its last
 * @param size of the tree in which its leaves are proven to be
 */
public record ExportRange(String origin, long from, long to, long size) {
    /** How many leaves are proven together. */
    public static final int SECTION = Tile.WIDTH * Tile.WIDTH;

    public ExportRange {
        if (from < 0 || from > to || to > size) {
            throw new IllegalArgumentException(
                    "an export is of a range within [0, " + size + "] but was of [" + from + ", " + to + ")");
        }
    }

    /** The sections that it is written in; they begin where every other export's do, but for the first. */
    public List<ExportSection> sections() {
        List<ExportSection> sections = new ArrayList<>();
        long begin = from;
        do {
            long end = Math.min(to, (begin / SECTION + 1) * SECTION);
            sections.add(new ExportSection(this, begin, end));
            begin = end;
        } while (begin < to);
        return sections;
    }
}
