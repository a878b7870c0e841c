package io.thoughtbus.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A chosen record as a line of an export states it.
 *
 * @param stated the hash that stands with it
 * @param path what should lead from that hash to the root
 * @param isTrue whether the hash is that of what the line holds
 */
record SelectedRecord(long leaf, Hash stated, List<Hash> path, boolean isTrue) {
    private static final String LEAF = "\",\"leaf\":";
    private static final String PATH = ",\"path\":\"";
    private static final String BODY = "\",\"record\":";
    private static final String SALT = ",\"salt\":\"";
    private static final int HASH = 44;

    SelectedRecord {
        path = List.copyOf(path);
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it says anything that is not the form of such a line
     */
    static SelectedRecord parse(String line) {
        try {
            int hashEnd = ExportLine.RECORD.length() + HASH;
            int pathAt = line.indexOf(PATH, hashEnd);
            int bodyAt = line.indexOf(BODY, pathAt + PATH.length());
            int saltAt = line.lastIndexOf(SALT);
            Hash stated = Hash.parse(line.substring(ExportLine.RECORD.length(), hashEnd));
            long leaf = Long.parseLong(line.substring(hashEnd + LEAF.length(), pathAt));
            List<Hash> path = Tile.hashes(Base64.getDecoder().decode(line.substring(pathAt + PATH.length(), bodyAt)));
            byte[] canonical = line.substring(bodyAt + BODY.length(), saltAt).getBytes(StandardCharsets.UTF_8);
            byte[] salt = Base64.getDecoder().decode(line.substring(saltAt + SALT.length(), line.length() - 2));
            if (line.equals(SelectionLine.record(leaf, stated, path, salt, canonical))) {
                return new SelectedRecord(
                        leaf, stated, path, LedgerRecord.leaf(salt, canonical).equals(stated));
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("something is not there", e);
        }
        throw new IllegalArgumentException("it says more, or other things, than such a line does");
    }

    /** Whether the hash that stands with it leads to the root of a checkpoint. */
    boolean isIn(Checkpoint checkpoint) {
        return leaf >= 0
                && leaf < checkpoint.size()
                && Proof.verifyInclusion(stated, leaf, checkpoint.size(), path, checkpoint.root());
    }
}
