package io.thoughtbus.server.faults;

/** When a {@link Trigger} fires, seen from the command that it waits for. */
public enum Moment {
    /** Everything before it on its connection is answered; it has not reached Redis, and never will. */
    BEFORE,
    /** Redis has run it without an error; nobody has heard of that, and nobody will. */
    AFTER_RAN
}
