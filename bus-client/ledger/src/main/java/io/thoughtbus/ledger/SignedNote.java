package io.thoughtbus.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text with the signatures under it, as C2SP {@code signed-note} defines it.
 *
 * @param text what was signed; ends with a line end
 * @param signatures in their order
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    private static final String DASH = "\u2014 ";
    private static final int MOST_SIGNATURES = 100;

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || text.contains("\n\n")) {
            throw new IllegalArgumentException("a note's text ends with a line end and has no empty lines");
        }
    }

    /** A text signed by some keys under a name. */
    public static SignedNote sign(String text, String name, List<SigningKey> keys) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new SignedNote(
                text,
                keys.stream()
                        .map(key -> new NoteSignature(name, signature(key, name, bytes)))
                        .toList());
    }

    /**
     * A note in its written form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static SignedNote parse(String written) {
        int end = written.lastIndexOf("\n\n");
        if (end < 0 || !written.endsWith("\n")) {
            throw new IllegalArgumentException("a signed note is a text, an empty line and signatures, each ended");
        }
        List<String> lines = written.substring(end + 2).lines().toList();
        if (lines.isEmpty() || lines.size() > MOST_SIGNATURES) {
            throw new IllegalArgumentException(
                    "a signed note has 1 to " + MOST_SIGNATURES + " signatures but there were " + lines.size());
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.split(" ", -1);
            if (!line.startsWith(DASH) || parts.length != 3) {
                throw new IllegalArgumentException("this is no signature of a note: " + line);
            }
            signatures.add(new NoteSignature(parts[1], parts[2]));
        }
        return new SignedNote(written.substring(0, end + 1), signatures);
    }

    /**
     * Whether one of these keys has signed it.
     *
     * @throws UntrustedNoteException if a signature says that it is by one of these keys and is not
     */
    public boolean isSignedBy(List<PublicKey> keys) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean signed = false;
        for (NoteSignature signature : signatures) {
            for (PublicKey key : keys) {
                if (signature.names(key)) {
                    if (!key.verifies(bytes, signature.bytes())) {
                        throw new UntrustedNoteException("the signature of " + key + " does not belong to this text");
                    }
                    signed = true;
                }
            }
        }
        return signed;
    }

    /** The written form. */
    @Override
    public String toString() {
        StringBuilder written = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> written.append(DASH).append(signature).append('\n'));
        return written.toString();
    }

    private static String signature(SigningKey key, String name, byte[] text) {
        byte[] signature = key.sign(text);
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES + signature.length)
                        .put(key.publicKey(name).id())
                        .put(signature)
                        .array());
    }

    /**
     * A signature under a note.
     *
     * @param name whose
     * @param base64 the key's id and the signature
     */
    public record NoteSignature(String name, String base64) {
        private boolean names(PublicKey key) {
            byte[] decoded = Base64.getDecoder().decode(base64);
            return name.equals(key.name())
                    && decoded.length > Integer.BYTES
                    && Arrays.equals(Arrays.copyOf(decoded, Integer.BYTES), key.id());
        }

        private byte[] bytes() {
            byte[] decoded = Base64.getDecoder().decode(base64);
            return Arrays.copyOfRange(decoded, Integer.BYTES, decoded.length);
        }

        @Override
        public String toString() {
            return name + " " + base64;
        }
    }
}
