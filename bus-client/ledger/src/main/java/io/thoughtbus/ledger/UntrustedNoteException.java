package io.thoughtbus.ledger;

/** Thrown where a note is not signed by a key that is trusted. */
public final class UntrustedNoteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UntrustedNoteException(String message) {
        super(message);
    }
}
