package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.server.web.ProblemException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.util.SafeEncoder;

/** A fact as Redis takes it, on its way to the journal; and what became of it. */
final class PendingFact {
    private final Stream stream;
    private final byte[] fact;
    private final byte[] vector;
    private final byte[] salt;
    private final String subject;
    private final long lifetimeMillis;
    private final @Nullable String key;
    private final @Nullable Withdrawing withdrawing;
    private @Nullable FactId id;
    private boolean duplicate;
    private @Nullable ProblemException refusal;

    /**
     * A fact that has not been written.
     *
     * @param salt what its record in the ledger is salted with
     * @param key its idempotency key in Redis, if it has one
     * @param withdrawing what no longer holds once it is written; absent for most
     */
    PendingFact(
            Stream stream,
            byte[] fact,
            byte[] vector,
            byte[] salt,
            String subject,
            long lifetimeMillis,
            @Nullable String key,
            @Nullable Withdrawing withdrawing) {
        this.stream = stream;
        this.fact = fact;
        this.vector = vector;
        this.salt = salt;
        this.subject = subject;
        this.lifetimeMillis = lifetimeMillis;
        this.key = key;
        this.withdrawing = withdrawing;
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
        arguments.addAll(List.of(fact, vector, subject, lifetimeMillis, key == null ? 0 : keys.size(), salt));
    }

    /** Whether another fact no longer holds once it is written. */
    boolean isWithdrawing() {
        return withdrawing != null;
    }

    /** Appends what the function takes for it that takes another fact back. */
    void addWithdrawalTo(List<String> keys, List<Object> arguments) {
        Withdrawing wish = Objects.requireNonNull(withdrawing);
        arguments.add(RedisJournal.position(wish.old()));
        arguments.add(RedisWithdrawals.name(wish.how()));
        arguments.addAll(List.of(fact, vector, subject, lifetimeMillis, key == null ? 0 : 1, salt));
        if (key != null) {
            keys.add(key);
        }
    }

    /** It is in the journal, as the function says, or what it takes back cannot be. */
    void written(List<?> answer) {
        if (withdrawing != null && answer.size() > 2) {
            withdrawnBefore(withdrawing, answer);
        } else if (withdrawing != null && answer.isEmpty()) {
            refusal = withdrawing.isGone();
        } else {
            taken(answer);
        }
    }

    /** A fact is retracted once, and who does it again is told of the first time. */
    private void withdrawnBefore(Withdrawing wanted, List<?> answer) {
        Withdrawal.How how = RedisWithdrawals.how(SafeEncoder.encode((byte[]) answer.get(2)));
        if (wanted.how() == Withdrawal.How.RETRACTED && how == Withdrawal.How.RETRACTED) {
            taken(answer);
        } else {
            refusal = wanted.isWithdrawn(how, position(answer));
        }
    }

    private void taken(List<?> answer) {
        id = position(answer);
        duplicate = Long.valueOf(1).equals(answer.get(1));
    }

    private FactId position(List<?> answer) {
        StreamEntryID position = new StreamEntryID((byte[]) answer.get(0));
        return new FactId(stream.shard(), position.getTime(), position.getSequence());
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
