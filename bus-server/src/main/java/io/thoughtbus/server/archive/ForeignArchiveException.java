package io.thoughtbus.server.archive;

import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;

/** Thrown if the archive is not of the ledger that is to be archived. */
final class ForeignArchiveException extends ProblemException {
    private static final long serialVersionUID = 1L;

    ForeignArchiveException(String message) {
        super(ProblemType.ARCHIVE_UNAVAILABLE, message + "; archive to another place, or put back what Redis held");
    }
}
