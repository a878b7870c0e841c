package io.thoughtbus.server.archive;

/** Thrown if the files of the archive cannot be reached, read or written. */
final class ArchiveUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArchiveUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
