package io.thoughtbus.ledger;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;

/** The lines of an export, each of them JSON in its canonical form (RFC 8785). */
public final class ExportLine {
    static final String SECTION = "{\"section\":";
    static final String TILE = "{\"tile\":";
    static final String RECORD = "{\"hash\":\"";

    private ExportLine() {}

    /**
     * The line before each section: where it and the export end, and what leads from its tiles to the root. It does not say
     * where the export began, so that an export which goes on has the bytes of one that did not break off.
     */
    public static String section(ExportSection section, ExportSection.Roots roots) {
        ExportRange export = section.export();
        return SECTION + "{\"end\":" + export.to() + ",\"from\":" + section.from() + ",\"left\":\""
                + joined(roots.left())
                + "\",\"origin\":\"" + export.origin() + "\",\"right\":\"" + joined(roots.right()) + "\",\"size\":"
                + export.size() + ",\"tiles\":\"" + joined(roots.tiles()) + "\",\"to\":" + section.to() + "}}";
    }

    /** The line before the records of each tile: the hashes of all its leaves. */
    public static String tile(long index, List<Hash> hashes) {
        return TILE + "{\"hashes\":\"" + joined(hashes) + "\",\"index\":" + index + "}}";
    }

    /** The line of a record. */
    public static String record(long leaf, Hash hash, byte[] salt, byte[] canonical) {
        return RECORD + hash + "\",\"leaf\":" + leaf + ",\"record\":" + LedgerRecord.text(canonical) + ",\"salt\":\""
                + Base64.getEncoder().encodeToString(salt) + "\"}";
    }

    /** The line of a record that was erased or trimmed: nothing but its hash is left. */
    public static String withheld(long leaf, Hash hash) {
        return RECORD + hash + "\",\"leaf\":" + leaf + ",\"withheld\":true}";
    }

    static String joined(List<Hash> hashes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(hashes.size() * Hash.BYTES);
        hashes.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
