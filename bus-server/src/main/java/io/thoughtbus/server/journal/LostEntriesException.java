package io.thoughtbus.server.journal;

import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;

/** Thrown if entries of the journal that were kept cannot be read any more, whoever asks and however often. */
public class LostEntriesException extends ProblemException {
    private static final long serialVersionUID = 1L;

    /** Says which and why. */
    public LostEntriesException(String message) {
        super(ProblemType.ARCHIVE_DAMAGED, message);
    }
}
