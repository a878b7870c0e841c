package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.server.web.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.StreamEntryID;

/** A fact as Redis takes it, on its way to the journal; and what became of it. */
final class PendingFact {
    private final Stream stream;
    private final byte[] fact;
    private final byte[] vector;
    private final String subject;
    private final long lifetimeMillis;
    private final @Nullable String key;
    private @Nullable FactId id;
    private boolean duplicate;
    private @Nullable ProblemException refusal;

    /**
     * A fact that has not been written.
     *
     * @param key its idempotency key in Redis, if it has one
     */
    PendingFact(Stream stream, byte[] fact, byte[] vector, String subject, long lifetimeMillis, @Nullable String key) {
        this.stream = stream;
        this.fact = fact;
        this.vector = vector;
        this.subject = subject;
        this.lifetimeMillis = lifetimeMillis;
        this.key = key;
    }

    /** Where it belongs. */
    Stream stream() {
        return stream;
    }

    /** Appends what the function takes for it. */
    void addTo(List<String> keys, List<Object> arguments) {
        if (key != null) {
            keys.add(key);
        }
        arguments.addAll(List.of(fact, vector, subject, lifetimeMillis, key == null ? 0 : keys.size()));
    }

    /** It is in the journal, as the function says. */
    void written(List<?> answer) {
        StreamEntryID position = new StreamEntryID((byte[]) answer.get(0));
        id = new FactId(stream.shard(), position.getTime(), position.getSequence());
        duplicate = Long.valueOf(1).equals(answer.get(1));
    }

    /** It is not in the journal, or nobody knows. */
    void refused(ProblemException problem) {
        refusal = problem;
    }

    /** Whether it is in the journal. */
    boolean isWritten() {
        return id != null;
    }

    /** A {@link Published}, or the {@link ProblemException} that kept it from being written. */
    Object answer(Durability reached) {
        if (id != null) {
            return new Published(id, reached, duplicate);
        }
        if (refusal != null) {
            return refusal;
        }
        throw new IllegalStateException("nothing became of a fact");
    }

    /** A shard of a namespace's journal. */
    record Stream(String namespace, int shard) {}
}
