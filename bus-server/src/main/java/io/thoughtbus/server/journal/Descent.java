package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.FactId;
import org.jspecify.annotations.Nullable;

/**
 * Where a fact stands in a chain of causes.
 *
 * @param depth how many facts led to it, one after another
 * @param root the first of them; absent if none did
 */
record Descent(int depth, @Nullable FactId root) {
    /** A fact that no other led to. */
    static final Descent NONE = new Descent(0, null);

    /** That of a fact which this one led to. */
    Descent next(FactId cause) {
        return new Descent(depth + 1, root == null ? cause : root);
    }
}
