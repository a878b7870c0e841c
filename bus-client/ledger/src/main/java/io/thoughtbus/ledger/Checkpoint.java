package io.thoughtbus.ledger;

import java.util.List;

/**
 * What a ledger was at some moment, as C2SP {@code tlog-checkpoint} writes it down to be signed.
 *
 * @param origin which ledger
 * @param size how many leaves it had
 * @param root of its tree
 */
public record Checkpoint(String origin, long size, Hash root) {

    /**
     * The checkpoint in a text of three lines.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Checkpoint parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 3 || lines.get(0).isEmpty() || !lines.get(1).matches("0|[1-9]\\d{0,17}")) {
            throw new IllegalArgumentException("a checkpoint is an origin, a size and a root, each on its own line");
        }
        return new Checkpoint(lines.get(0), Long.parseLong(lines.get(1)), Hash.parse(lines.get(2)));
    }

    /**
     * The checkpoint of a note that one of these keys has signed.
     *
     * @throws UntrustedNoteException if it is not signed so
     * @throws IllegalArgumentException if it is no note of a checkpoint
     */
    public static Checkpoint open(String note, List<PublicKey> keys) {
        SignedNote signed = SignedNote.parse(note);
        if (!signed.isSignedBy(keys)) {
            throw new UntrustedNoteException("the checkpoint is signed by none of the given keys but by "
                    + signed.signatures().stream()
                            .map(SignedNote.NoteSignature::name)
                            .distinct()
                            .toList());
        }
        return parse(signed.text());
    }

    /** This checkpoint signed by some keys under the name of its origin. */
    public SignedNote sign(List<SigningKey> keys) {
        return SignedNote.sign(text(), origin, keys);
    }

    /** What is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }
}
