package io.thoughtbus.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/** A SHA-256 hash of the tree, as RFC 6962 and RFC 9162 define those of leaves and of nodes. */
public final class Hash {
    /** How long a hash is. */
    public static final int BYTES = 32;

    /** The root of a tree without leaves. */
    public static final Hash EMPTY = new Hash(sha256(new byte[0]));

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The hash of these bytes' value.
     *
     * @throws IllegalArgumentException unless they are 32
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hash has " + BYTES + " bytes but there were " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /** The hash that starts at an offset of some bytes. */
    public static Hash at(byte[] bytes, int offset) {
        return new Hash(
                Arrays.copyOfRange(bytes, offset, Objects.checkFromIndexSize(offset, BYTES, bytes.length) + BYTES));
    }

    /**
     * A hash in its written form, base64.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Hash parse(String base64) {
        return of(Base64.getDecoder().decode(base64));
    }

    /** That of a leaf with this entry. */
    public static Hash leaf(byte[] entry) {
        return new Hash(sha256(LEAF, entry));
    }

    /** That of a node with these children. */
    public static Hash node(Hash left, Hash right) {
        return new Hash(sha256(NODE, left.bytes, right.bytes));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The written form, base64. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
