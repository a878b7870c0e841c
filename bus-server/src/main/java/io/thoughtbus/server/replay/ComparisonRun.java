package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.matching.MatchSet;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One replay of a namespace being carried out: reads some facts, decides them, and notes what it found. */
final class ComparisonRun {
    private static final int STEP = 512;
    private static final int MOST_LINES = 10_000;

    private final RedisComparisons comparisons;
    private final JournalReader reader;
    private final RecordReader records;
    private final Selection selection;
    private final Comparing comparing;
    private final Clock clock;
    private final ComparisonRef ref;
    private final FactId end;
    private final Deque<StoredFact> ahead = new ArrayDeque<>();
    private StoredComparison.Progress progress;
    private long serial;
    private long since = System.nanoTime();

    ComparisonRun(
            RedisComparisons comparisons,
            JournalReader reader,
            RecordReader records,
            Selection selection,
            Comparing comparing,
            Clock clock,
            StoredComparison replay) {
        this.comparisons = comparisons;
        this.reader = reader;
        this.records = records;
        this.selection = selection;
        this.comparing = comparing;
        this.clock = clock;
        this.ref = replay.ref();
        this.end = replay.plan().range().to().last();
        this.progress = replay.progress();
        this.serial = replay.serial();
    }

    /** Goes one step further; whether there may be more to do. */
    boolean step() {
        if (ahead.isEmpty()) {
            ahead.addAll(reader.next(STEP));
            if (!ahead.isEmpty()) {
                comparing.moveTo(ahead.getFirst().id(), ahead.getLast().id());
            }
        }
        boolean isLast = ahead.isEmpty();
        Findings findings = new Findings(progress.digest());
        List<FactId> read = new ArrayList<>();
        while (!ahead.isEmpty() && findings.count() < MOST_LINES) {
            StoredFact fact = ahead.removeFirst();
            read.add(fact.id());
            MatchSet recorded = records.of(fact.id());
            if (selection.includes(fact)) {
                comparing.compare(fact, recorded, findings);
            }
        }
        long erased = records.passOver(isLast ? end : read.get(read.size() - 1));
        StoredComparison.Progress next = findings.after(progress, read, erased, ranMillis());
        boolean moved = comparisons.advance(ref, serial, next, findings, isLast ? clock.instant() : null);
        progress = next;
        serial++;
        return moved && !isLast;
    }

    private long ranMillis() {
        long now = System.nanoTime();
        long ran = (now - since) / 1_000_000;
        since += ran * 1_000_000;
        return ran;
    }
}
