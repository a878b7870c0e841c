package io.thoughtbus.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** An Ed25519 key by which the notes of one name are verified, as C2SP {@code signed-note} writes it down. */
public final class PublicKey {
    private static final byte ED25519 = 1;
    private static final int RAW = 32;
    private static final byte[] DER_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] raw;

    private PublicKey(String name, byte[] raw) {
        this.name = requireName(name);
        if (raw.length != RAW) {
            throw new IllegalArgumentException("an Ed25519 key has " + RAW + " bytes but there were " + raw.length);
        }
        this.raw = raw;
    }

    /** A key by its 32 bytes. */
    public static PublicKey of(String name, byte[] raw) {
        return new PublicKey(name, raw.clone());
    }

    /**
     * A key in its written form, {@code name+id+key}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static PublicKey parse(String written) {
        String[] parts = written.strip().split("\\+", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException("a key is written as name+id+key but was \"" + written.strip() + "\"");
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != RAW + 1 || typed[0] != ED25519) {
            throw new IllegalArgumentException("the key " + parts[0] + " is no Ed25519 key");
        }
        PublicKey key = new PublicKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!HexFormat.of().formatHex(key.id()).equals(parts[1])) {
            throw new IllegalArgumentException("the key " + parts[0] + " does not have the id " + parts[1]);
        }
        return key;
    }

    /** Whose notes it verifies. */
    public String name() {
        return name;
    }

    /** A copy of its 32 bytes. */
    public byte[] raw() {
        return raw.clone();
    }

    /** The four bytes that name it in a signature. */
    byte[] id() {
        byte[] hash = Hash.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {ED25519}, raw);
        return Arrays.copyOf(hash, Integer.BYTES);
    }

    boolean verifies(byte[] text, byte[] signature) {
        try {
            byte[] der = ByteBuffer.allocate(DER_PREFIX.length + RAW)
                    .put(DER_PREFIX)
                    .put(raw)
                    .array();
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
            verifier.update(text);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String requireName(String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> Character.isWhitespace(c) || c == '+' || c < ' ')) {
            throw new IllegalArgumentException("a key's name has no spaces and no + but was \"" + name + "\"");
        }
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey key && name.equals(key.name) && Arrays.equals(raw, key.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    /** The written form. */
    @Override
    public String toString() {
        byte[] typed = ByteBuffer.allocate(RAW + 1).put(ED25519).put(raw).array();
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
