package io.thoughtbus.server.recent;

import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.guard.Reading;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** The newest facts of a namespace, a few of each shard in memory at a time, for two callers at a time. */
@Component
public final class NewestFacts {
    private static final Comparator<ShardTail> NEWEST_FIRST =
            Comparator.comparingLong(tail -> -tail.next().id().milliseconds());

    private static final int AT_A_TIME = 2;

    private final Semaphore turns = new Semaphore(AT_A_TIME, true);
    private final RedisJournal journal;
    private final Shards shards;
    private final Guard guard;

    NewestFacts(RedisJournal journal, Shards shards, Guard guard) {
        this.journal = journal;
        this.shards = shards;
        this.guard = guard;
    }

    /** Shows facts with how they read, the newest first; those that the present model embedded. */
    public void forEach(String namespace, int most, BiConsumer<JournalledFact, Reading> consumer) {
        turns.acquireUninterruptibly();
        try {
            show(namespace, most, consumer);
        } finally {
            turns.release();
        }
    }

    private void show(String namespace, int most, BiConsumer<JournalledFact, Reading> consumer) {
        PriorityQueue<ShardTail> tails = new PriorityQueue<>(NEWEST_FIRST);
        shards.all()
                .mapToObj(shard -> new ShardTail(journal, namespace, shard, most))
                .filter(ShardTail::hasNext)
                .forEach(tails::add);
        int shown = 0;
        while (shown < most && !tails.isEmpty()) {
            ShardTail tail = tails.remove();
            JournalledFact fact = tail.next();
            if (!fact.fact().isRetraction()) {
                consumer.accept(fact, guard.read(fact.fact().text(), fact.embedding()));
                shown++;
            }
            tail.advance();
            if (tail.hasNext()) {
                tails.add(tail);
            }
        }
    }
}
