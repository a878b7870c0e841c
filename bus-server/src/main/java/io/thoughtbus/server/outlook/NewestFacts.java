package io.thoughtbus.server.outlook;

import io.thoughtbus.server.guard.Guard;
import io.thoughtbus.server.guard.Reading;
import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import java.util.List;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** The newest facts of a namespace, as many from each shard of its journal, a few of them in memory at a time. */
@Component
final class NewestFacts {
    private static final int TOGETHER = 500;

    private final RedisJournal journal;
    private final Shards shards;
    private final Guard guard;

    NewestFacts(RedisJournal journal, Shards shards, Guard guard) {
        this.journal = journal;
        this.shards = shards;
        this.guard = guard;
    }

    /** Shows facts with how they read, of each shard the newest first. */
    void forEach(String namespace, int most, BiConsumer<JournalledFact, Reading> consumer) {
        int each = (most + shards.count() - 1) / shards.count();
        shards.all().forEach(shard -> {
            String before = "+";
            int left = each;
            while (left > 0) {
                List<JournalledFact> facts = journal.latest(namespace, shard, before, Math.min(left, TOGETHER));
                facts.forEach(
                        fact -> consumer.accept(fact, guard.read(fact.fact().text(), fact.embedding())));
                left = facts.size() < Math.min(left, TOGETHER) ? 0 : left - facts.size();
                before = facts.isEmpty()
                        ? before
                        : "("
                                + RedisJournal.position(
                                        facts.get(facts.size() - 1).id());
            }
        });
    }
}
