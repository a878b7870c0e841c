package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A sentence that an interest does not judge as its author wishes.
 *
 * @param shouldWake what the author wishes
 * @param margin score minus threshold
 * @param stoppedBy why the guard stops it, if it does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TestFailure(
        String text,
        boolean shouldWake,
        double margin,
        @Nullable Qualifier stoppedBy) {
    private static final int MOST_TOLD = 120;

    /** A text in quotes, a long one by its beginning. */
    public static String quoted(String text) {
        return "\"" + (text.length() <= MOST_TOLD ? text : text.substring(0, MOST_TOLD) + "…") + "\"";
    }

    /** The failure in a few words. */
    @Override
    public String toString() {
        String outcome = stoppedBy != null
                ? "is stopped as " + stoppedBy.meaning()
                : String.format(
                        Locale.ROOT, "lies %.3f %s the threshold", Math.abs(margin), margin < 0 ? "below" : "above");
        return quoted(text) + " should " + (shouldWake ? "" : "not ") + "wake but " + outcome;
    }
}
