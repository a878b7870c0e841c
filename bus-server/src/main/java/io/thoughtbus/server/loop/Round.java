package io.thoughtbus.server.loop;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does the same for many, so that the failure of one keeps it from none of the others. */
public final class Round {
    private Round() {}

    /** Does the work for each, and then throws the last failure, if there was one. */
    public static <T> void of(Iterable<T> all, Consumer<T> work) {
        @Nullable RuntimeException failure = null;
        for (T one : all) {
            try {
                work.accept(one);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
