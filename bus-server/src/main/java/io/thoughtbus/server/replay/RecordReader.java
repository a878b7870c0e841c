package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.matching.WholeRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads what was recorded of the facts of a range, beside a {@link JournalReader} of the same range. */
final class RecordReader {
    private static final int AHEAD = 256;

    private final WholeRecord record;
    private final String namespace;
    private final ReplayRange range;
    private final List<ShardRecords> shards = new ArrayList<>();
    private long withoutFact;

    /**
     * A reader of what follows a position.
     *
     * @param read the last position read before
     */
    RecordReader(WholeRecord record, Shards all, String namespace, ReplayRange range, FactId read) {
        this.record = record;
        this.namespace = namespace;
        this.range = range;
        all.all().forEach(shard -> shards.add(new ShardRecords(shard, range.start(shard, read))));
    }

    /** What was recorded of a fact, which comes after all asked for before on its shard. */
    MatchSet of(FactId fact) {
        ShardRecords shard = shards.get(fact.shard());
        while (shard.fill() && shard.head().compareTo(fact) < 0) {
            shard.ahead.removeFirst();
            withoutFact++;
        }
        return shard.fill() && shard.head().equals(fact)
                ? shard.ahead.removeFirst()
                : new MatchSet(fact, List.of(), List.of());
    }

    /** Passes over all records up to a position; how many of those passed belong to no fact that was asked for. */
    long passOver(FactId last) {
        for (ShardRecords shard : shards) {
            while (shard.fill() && shard.head().compareTo(last) <= 0) {
                shard.ahead.removeFirst();
                withoutFact++;
            }
        }
        long passed = withoutFact;
        withoutFact = 0;
        return passed;
    }

    private final class ShardRecords {
        private final int shard;
        private final Deque<MatchSet> ahead = new ArrayDeque<>();
        private String start;
        private boolean ended;

        ShardRecords(int shard, String start) {
            this.shard = shard;
            this.start = start;
        }

        FactId head() {
            return ahead.getFirst().fact();
        }

        boolean fill() {
            if (ahead.isEmpty() && !ended) {
                ahead.addAll(record.range(namespace, shard, start, range.end(shard), AHEAD));
                ended = ahead.size() < AHEAD;
                if (!ahead.isEmpty()) {
                    FactId last = ahead.getLast().fact();
                    start = "(" + last.milliseconds() + "-" + last.sequence();
                }
            }
            return !ahead.isEmpty();
        }
    }
}
