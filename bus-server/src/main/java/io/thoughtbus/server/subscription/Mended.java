package io.thoughtbus.server.subscription;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was mended in the index of a namespace.
 *
 * @param restored the interests that were missing or damaged and are as they were
 * @param activated the subscriptions that the registry knew and that were not in force
 * @param lost the interests of superseded versions that could not be restored
 * @param removed the interests that no subscription names
 * @param since when the index was last known to be right; absent if that is not known
 */
public record Mended(
        List<String> restored,
        List<String> activated,
        List<String> lost,
        List<String> removed,
        @Nullable Instant since,
        Instant at) {

    boolean isNothing() {
        return restored.isEmpty() && activated.isEmpty() && lost.isEmpty() && removed.isEmpty();
    }

    /** Whether facts may have been matched without an interest that they concern. */
    boolean mayHaveMissed() {
        return !restored.isEmpty() || !activated.isEmpty() || !lost.isEmpty();
    }
}
