package io.thoughtbus.server.history;

/** The ways a bus can break its promises. */
public enum FaultKind {
    LOST_FACT("accepted, but not in the journal"),
    STORED_TWICE("stored more than once for one key"),
    REFUSED_BUT_STORED("refused, but in the journal"),
    ALTERED_FACT("in the journal with another text or subject than was published"),
    JOURNAL_ORDER("journalled in another order than published"),
    DELIVERY_ORDER("first delivered in another order than journalled"),
    MISSED_WAKE("owed, but never delivered"),
    FALSE_WAKE("delivered, but not owed"),
    PHANTOM_WAKE("delivered, but its fact is not in the journal"),
    HELD_BY_TWO("in two hands at once"),
    NEVER_SETTLED("delivered, but neither finished nor given up"),
    WOKEN_AFTER_DONE("delivered again after it was done");

    private final String meaning;

    FaultKind(String meaning) {
        this.meaning = meaning;
    }

    /** The kind in a few words. */
    public String meaning() {
        return meaning;
    }
}
