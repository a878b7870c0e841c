package io.thoughtbus.server.replay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over a row of entries of which each is hashed after the digest of those before, so that the last one stands for
 * all and a row can be gone on with.
 *
 * @param value in hexadecimal digits; empty before the first entry
 */
record Digest(String value) {

    /** The digest of the row with one more entry. */
    Digest with(byte[] entry) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(value.getBytes(StandardCharsets.UTF_8));
            return new Digest(HexFormat.of().formatHex(sha256.digest(entry)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
