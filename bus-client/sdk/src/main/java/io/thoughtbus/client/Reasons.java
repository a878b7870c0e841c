package io.thoughtbus.client;

import io.thoughtbus.protocol.Limits;
import org.jspecify.annotations.Nullable;

/** Makes reasons that the bus takes, of whatever a program has to say. */
final class Reasons {
    private Reasons() {}

    /** The reason without what is not allowed, cut to the longest allowed; absent if nothing is left. */
    static @Nullable String fitting(String reason) {
        String clean = reason.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
                .limit(Limits.REASON)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.isBlank() ? null : clean;
    }

    /** What a failure says, as a reason. */
    static String of(Throwable failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
