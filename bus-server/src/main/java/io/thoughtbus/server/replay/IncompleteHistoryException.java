package io.thoughtbus.server.replay;

/** What a replay needs of the past is gone, and trying again would not bring it back. */
final class IncompleteHistoryException extends RuntimeException {
    IncompleteHistoryException(String message) {
        super(message);
    }
}
