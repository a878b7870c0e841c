package io.thoughtbus.server.interest;

/**
 * What a filter says about a fact.
 *
 * @param passes whether the fact may wake
 * @param reason why not, in a sentence; empty if it may
 */
public record FilterOutcome(boolean passes, String reason) {
    /** The fact may wake. */
    public static final FilterOutcome PASSED = new FilterOutcome(true, "");
}
