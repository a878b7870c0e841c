package io.thoughtbus.server.faults;

/** One of the two ways through a {@link FaultProxy}. */
public enum Direction {
    /** What clients ask. */
    TO_REDIS,
    /** What Redis answers. */
    TO_CLIENT
}
