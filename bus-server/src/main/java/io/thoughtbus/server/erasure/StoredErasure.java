package io.thoughtbus.server.erasure;

import io.thoughtbus.protocol.FactId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An erasure as Redis holds it.
 *
 * @param cursor how far it has come: a position of the subject's shard, or how many of the named facts
 * @param pending facts that are being erased, and must be before it goes further
 */
record StoredErasure(
        ErasureRef ref,
        Plan plan,
        String cursor,
        List<FactId> pending,
        @Nullable Instant endedAt) {

    /**
     * What an erasure is to do; does not change.
     *
     * @param facts those named; empty where there is a subject
     * @param last the last position of the subject's shard when it began; absent where facts are named
     */
    record Plan(
            @Nullable String subject,
            List<FactId> facts,
            String reason,
            Instant at,
            @Nullable FactId last) {
        Plan {
            facts = facts == null ? List.of() : List.copyOf(facts);
        }
    }
}
