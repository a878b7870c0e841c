package io.thoughtbus.server.archive;

import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;

/** Thrown if the files of the archive cannot be reached, read or written. */
final class ArchiveUnavailableException extends ProblemException {
    private static final long serialVersionUID = 1L;

    ArchiveUnavailableException(String message, Throwable cause) {
        super(ProblemType.ARCHIVE_UNAVAILABLE, message, cause);
    }
}
