package io.thoughtbus.server.memory;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.JournalExtent;
import io.thoughtbus.protocol.PastFacts;
import io.thoughtbus.server.erasure.Erasures;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.RedisWithdrawals;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.Withdrawal;
import io.thoughtbus.server.redis.RedisTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Live memory as it was, read from the journal. A fact's position there is the time of its acceptance, and that of what
 * takes it back the time of that.
 */
@Component
final class PastMemory {
    private static final int TOGETHER = 500;

    /** So many entries of the journal does one page look at; they are of all subjects of a shard. */
    private static final int MOST_READ = 5_000;

    private final Shards shards;
    private final RedisJournal journal;
    private final RedisWithdrawals withdrawals;
    private final Erasures erasures;
    private final RedisTime time;

    PastMemory(Shards shards, RedisJournal journal, RedisWithdrawals withdrawals, Erasures erasures, RedisTime time) {
        this.shards = shards;
        this.journal = journal;
        this.withdrawals = withdrawals;
        this.erasures = erasures;
        this.time = time;
    }

    /** The oldest facts after a position that were alive at a time, oldest first. */
    PastFacts asOf(String namespace, String subject, Instant asOf, @Nullable FactId after, int limit) {
        if (asOf.isAfter(time.now())) {
            throw new InvalidFieldException("asOf", "must not be in the future");
        }
        int shard = shards.of(subject);
        List<Fact> alive = new ArrayList<>();
        FactId read = after;
        boolean isLast = false;
        for (int seen = 0; !isLast && alive.size() < limit && seen < MOST_READ; seen += TOGETHER) {
            String start = read == null ? "-" : "(" + RedisJournal.position(read);
            List<Fact> some = read != null && read.milliseconds() > asOf.toEpochMilli()
                    ? List.of()
                    : journal.statements(namespace, shard, start, Long.toString(asOf.toEpochMilli()), TOGETHER);
            alive.addAll(alive(namespace, subject, asOf, some));
            isLast = some.size() < TOGETHER;
            read = some.isEmpty() ? read : some.get(some.size() - 1).id();
        }
        boolean isCut = alive.size() > limit;
        List<Fact> page = isCut ? alive.subList(0, limit) : alive;
        FactId next = isCut ? page.get(limit - 1).id() : isLast ? null : read;
        return new PastFacts(
                asOf, page, next, wholeFrom(namespace, shard), erasures.erasedOf(namespace, subject, asOf));
    }

    private List<Fact> alive(String namespace, String subject, Instant asOf, List<Fact> facts) {
        List<Fact> stated = facts.stream()
                .filter(fact -> subject.equals(fact.subject()) && !fact.isRetraction())
                .filter(fact -> fact.expiresAt().isAfter(asOf))
                .toList();
        Map<FactId, Withdrawal> withdrawn =
                withdrawals.find(namespace, stated.stream().map(Fact::id).toList());
        return stated.stream()
                .filter(fact -> isAfter(withdrawn.get(fact.id()), asOf))
                .toList();
    }

    private static boolean isAfter(@Nullable Withdrawal withdrawal, Instant asOf) {
        return withdrawal == null || withdrawal.by().milliseconds() > asOf.toEpochMilli();
    }

    private @Nullable Instant wholeFrom(String namespace, int shard) {
        JournalExtent.Shard extent = journal.extent(namespace, shard);
        FactId oldest = extent.first() == null ? extent.last() : extent.first();
        return extent.trimmed() == 0 || oldest == null ? null : oldest.acceptedAt();
    }
}
