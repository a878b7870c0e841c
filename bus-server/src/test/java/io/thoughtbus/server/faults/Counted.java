package io.thoughtbus.server.faults;

/** What a {@link FaultProxy} counts from its start on, so that a test can tell that a fault really happened. */
public enum Counted {
    /** Connections accepted. */
    CONNECTIONS,
    /** Bytes handed on to Redis. */
    BYTES_TO_REDIS,
    /** Bytes handed on to clients. */
    BYTES_TO_CLIENT,
    /** Times that bytes were delayed by latency. */
    DELAYS,
    /** Bytes handed on in slices, or more slowly than they came. */
    SLICED_BYTES,
    /** Bytes that a partition kept waiting. */
    HELD_BYTES,
    /** Bytes that a half-open connection lost. */
    DROPPED_BYTES,
    /** Connections accepted while there was a partition, which never reached Redis. */
    UNANSWERED_CONNECTIONS,
    /** Connections reset. */
    RESETS,
    /** Answers of commands that ran, which no client heard. */
    SWALLOWED_ANSWERS,
    /** Connections cut before a command. */
    CUT_BEFORE,
    /** Connections closed because what came through them was no RESP. */
    MALFORMED
}
