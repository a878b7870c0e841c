package io.thoughtbus.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** An Ed25519 key pair by which checkpoints are signed. */
public final class SigningKey {
    private static final String ALGORITHM = "Ed25519";
    private static final int RAW = 32;

    private final PrivateKey privateKey;
    private final byte[] raw;
    private final Instant created;

    private SigningKey(PrivateKey privateKey, byte[] raw, Instant created) {
        this.privateKey = privateKey;
        this.raw = raw;
        this.created = created;
    }

    static SigningKey generate(Instant now) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            byte[] der = pair.getPublic().getEncoded();
            return new SigningKey(pair.getPrivate(), Arrays.copyOfRange(der, der.length - RAW, der.length), now);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    static SigningKey parse(String file) {
        Map<String, String> fields = file.lines()
                .filter(line -> line.contains(": "))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(": ")), line -> line.substring(line.indexOf(": ") + 2)));
        try {
            byte[] pkcs8 = Base64.getDecoder().decode(fields.getOrDefault("private", ""));
            SigningKey key = new SigningKey(
                    KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
                    Base64.getDecoder().decode(fields.getOrDefault("public", "")),
                    Instant.parse(fields.getOrDefault("created", "")));
            key.requireWhole();
            return key;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalStateException("it is no key file of a ledger: " + e.getMessage(), e);
        }
    }

    String file() {
        return "created: " + created + "\nprivate: " + Base64.getEncoder().encodeToString(privateKey.getEncoded())
                + "\npublic: " + Base64.getEncoder().encodeToString(raw) + "\n";
    }

    /** When it was made. */
    public Instant created() {
        return created;
    }

    /** What verifies the notes that it signs under a name. */
    public PublicKey publicKey(String name) {
        return PublicKey.of(name, raw);
    }

    byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a checkpoint could not be signed", e);
        }
    }

    private void requireWhole() {
        byte[] probe = {1};
        if (!publicKey("probe").verifies(probe, sign(probe))) {
            throw new IllegalArgumentException("its public part does not belong to its private part");
        }
    }
}
