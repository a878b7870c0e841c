package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.Withdrawal.How;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import java.util.Locale;

/**
 * The wish that a fact hold no longer.
 *
 * @param old the fact
 */
record Withdrawing(FactId old, How how) {

    ProblemException isGone() {
        return how == How.RETRACTED
                ? new ProblemException(ProblemType.FACT_NOT_FOUND, "the journal holds no fact " + old)
                : refusal("names " + old + ", which the journal does not hold");
    }

    ProblemException isRetraction() {
        return refusal("names " + old + ", which is itself a retraction");
    }

    ProblemException isWithdrawn(How before, FactId by) {
        return refusal(
                "names " + old + ", which was " + before.name().toLowerCase(Locale.ROOT) + " by " + by + " before");
    }

    private ProblemException refusal(String why) {
        String field = how == How.RETRACTED ? "id" : "supersedes";
        return new ProblemException(ProblemType.CANNOT_WITHDRAW, field + " " + why, field);
    }
}
