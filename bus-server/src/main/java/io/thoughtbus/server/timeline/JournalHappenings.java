package io.thoughtbus.server.timeline;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.TimelineEntry;
import io.thoughtbus.protocol.TimelineEntry.What;
import io.thoughtbus.server.erasure.Erasures;
import io.thoughtbus.server.journal.RedisWithdrawals;
import io.thoughtbus.server.journal.WholeJournal;
import io.thoughtbus.server.journal.Withdrawal;
import io.thoughtbus.server.redis.RedisTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When facts were published, and when and how they ceased to hold. */
@Component
final class JournalHappenings implements Happenings {
    private final WholeJournal journal;
    private final RedisWithdrawals withdrawals;
    private final Erasures erasures;
    private final RedisTime time;

    JournalHappenings(WholeJournal journal, RedisWithdrawals withdrawals, Erasures erasures, RedisTime time) {
        this.journal = journal;
        this.withdrawals = withdrawals;
        this.erasures = erasures;
        this.time = time;
    }

    @Override
    public List<TimelineEntry> of(String namespace, List<FactId> facts, Consumer<String> missing) {
        List<TimelineEntry> entries = new ArrayList<>();
        Instant now = time.now();
        List<FactId> gone = new ArrayList<>(facts);
        if (!journal.areInRedis(namespace, facts)) {
            missing.accept("whether facts that only the archive has were retracted or superseded");
        }
        for (Fact fact : journal.statements(namespace, facts)) {
            gone.remove(fact.id());
            entries.add(entry(fact.acceptedAt(), What.PUBLISHED, fact.id(), fact.publisher(), fact.text()));
            if (!fact.expiresAt().isAfter(now)) {
                entries.add(entry(fact.expiresAt(), What.EXPIRED, fact.id(), null, null));
            }
        }
        withdrawals.find(namespace, facts).forEach((fact, withdrawal) -> {
            What what = withdrawal.how() == Withdrawal.How.RETRACTED ? What.RETRACTED : What.SUPERSEDED;
            entries.add(entry(withdrawal.by().acceptedAt(), what, fact, null, "by " + withdrawal.by()));
        });
        erasures.of(namespace, gone)
                .forEach((fact, erasure) -> entries.add(entry(
                        erasure.doneAt() == null ? erasure.at() : erasure.doneAt(),
                        What.ERASED,
                        fact,
                        null,
                        "with erasure " + erasure.id() + ": " + erasure.reason())));
        return entries;
    }

    private static TimelineEntry entry(
            Instant at, What what, FactId fact, @Nullable String who, @Nullable String detail) {
        return new TimelineEntry(at, what, fact, who, detail);
    }
}
