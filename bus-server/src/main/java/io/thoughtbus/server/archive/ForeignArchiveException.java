package io.thoughtbus.server.archive;

/** Thrown if the archive is not of the ledger that is to be archived. */
final class ForeignArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForeignArchiveException(String message) {
        super(message + "; archive to another place, or put back what Redis held");
    }
}
