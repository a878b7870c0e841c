package io.thoughtbus.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A record as a line of an export states it.
 *
 * @param line on which line
 * @param leaf which leaf it says it is; -1 if the line is none of a record
 * @param hash that of what it holds, or that it states if it holds nothing
 * @param isTrue whether the hash that it states is that of what it holds
 * @param isWithheld whether it holds nothing
 */
record HeldRecord(long line, long leaf, @Nullable Hash hash, boolean isTrue, boolean isWithheld) {
    private static final int HASH = 44;
    private static final String LEAF = "\",\"leaf\":";
    private static final String BODY = ",\"record\":";
    private static final String SALT = ",\"salt\":\"";
    private static final String WITHHELD = ",\"withheld\":true}";

    static boolean isOne(String line) {
        return !line.startsWith(ExportLine.SECTION) && !line.startsWith(ExportLine.TILE);
    }

    /** Whatever the line says that is not the form of a record's line makes it none. */
    static HeldRecord parse(long number, String line) {
        try {
            int hashEnd = ExportLine.RECORD.length() + HASH;
            if (line.startsWith(ExportLine.RECORD) && line.startsWith(LEAF, hashEnd)) {
                Hash stated = Hash.parse(line.substring(ExportLine.RECORD.length(), hashEnd));
                int comma = line.indexOf(',', hashEnd + LEAF.length());
                String leaf = line.substring(hashEnd + LEAF.length(), comma);
                String rest = line.substring(comma);
                return of(number, Long.parseLong(leaf), stated, rest, line);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // it has not the form of a record
        }
        return none(number);
    }

    private static HeldRecord of(long number, long leaf, Hash stated, String rest, String line) {
        if (rest.equals(WITHHELD)) {
            boolean wellFormed = line.equals(ExportLine.withheld(leaf, stated));
            return wellFormed ? new HeldRecord(number, leaf, stated, true, true) : none(number);
        }
        int saltAt = rest.lastIndexOf(SALT);
        byte[] canonical = rest.substring(BODY.length(), saltAt).getBytes(StandardCharsets.UTF_8);
        byte[] salt = Base64.getDecoder().decode(rest.substring(saltAt + SALT.length(), rest.length() - 2));
        Hash hash = LedgerRecord.leaf(salt, canonical);
        return line.equals(ExportLine.record(leaf, stated, salt, canonical))
                ? new HeldRecord(number, leaf, hash, stated.equals(hash), false)
                : none(number);
    }

    private static HeldRecord none(long number) {
        return new HeldRecord(number, -1, null, false, false);
    }

    /** Whether this is a leaf with this hash, and says so. */
    boolean is(long expected, Hash authentic) {
        return leaf == expected && isTrue && hash != null && hash.equals(authentic);
    }
}
