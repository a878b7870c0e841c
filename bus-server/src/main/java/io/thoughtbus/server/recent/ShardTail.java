package io.thoughtbus.server.recent;

import io.thoughtbus.server.journal.JournalledFact;
import io.thoughtbus.server.journal.RedisJournal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** One shard of a journal read backwards. */
final class ShardTail {
    private static final int MOST_TOGETHER = 100;
    private static final int FEWEST_TOGETHER = 50;

    private final RedisJournal journal;
    private final String namespace;
    private final int shard;
    private final int together;
    private final Deque<JournalledFact> read = new ArrayDeque<>();
    private String before = "+";
    private boolean ended;

    /**
     * The end of a shard.
     *
     * @param wanted about how many facts will be read of all shards
     */
    ShardTail(RedisJournal journal, String namespace, int shard, int wanted) {
        this.journal = journal;
        this.namespace = namespace;
        this.shard = shard;
        this.together = Math.max(FEWEST_TOGETHER, Math.min(MOST_TOGETHER, wanted / 4));
        if (wanted > 0) {
            read();
        }
    }

    boolean hasNext() {
        return !read.isEmpty();
    }

    /** The newest fact that was not passed yet. */
    JournalledFact next() {
        return read.element();
    }

    /** Passes it. */
    void advance() {
        read.remove();
        if (read.isEmpty() && !ended) {
            read();
        }
    }

    private void read() {
        List<JournalledFact> facts = journal.latest(namespace, shard, before, together);
        ended = facts.size() < together;
        if (!facts.isEmpty()) {
            before = "(" + RedisJournal.position(facts.get(facts.size() - 1).id());
        }
        read.addAll(facts);
    }
}
