package io.thoughtbus.server.history;

/**
 * What was found of one kind of fault.
 *
 * @param count how often it was found, at least once
 * @param example the first of them, with all that is known about it
 */
public record Fault(FaultKind kind, int count, String example) {

    @Override
    public String toString() {
        return kind + " (" + kind.meaning() + "), " + count + " found, first:\n  " + example.replace("\n", "\n  ");
    }
}
