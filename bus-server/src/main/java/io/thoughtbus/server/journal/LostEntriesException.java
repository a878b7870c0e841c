package io.thoughtbus.server.journal;

/** Thrown if entries of the journal that were kept cannot be read any more, whoever asks and however often. */
public class LostEntriesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which and why. */
    public LostEntriesException(String message) {
        super(message);
    }
}
