package io.thoughtbus.server.history;

import java.util.Locale;

/** A history's times as people read them. */
final class Seconds {
    /** Stands for a time that never came. */
    static final long NEVER = Long.MAX_VALUE;

    private Seconds() {}

    static String of(long nanos) {
        return nanos == NEVER ? "never" : String.format(Locale.ROOT, "%.6f s", nanos / 1e9);
    }
}
