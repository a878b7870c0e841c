package io.thoughtbus.ledger;

/** Thrown where an export is not what the ledger held. */
public final class TamperedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Finding finding;

    TamperedException(Finding finding) {
        super(finding.toString());
        this.finding = finding;
    }

    /** The first thing that is wrong. */
    public Finding finding() {
        return finding;
    }
}
