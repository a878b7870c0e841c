package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.JournalPoint;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.WholeJournal;
import io.thoughtbus.server.matching.RedisMatchJournal;
import io.thoughtbus.server.redis.RedisTime;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes ranges of what a namespace's journal holds now. */
@Component
final class ReplayRanges {
    /** More than Redis counts within a millisecond, and as long as a fact's id may be. */
    private static final long LAST_SEQUENCE = 9_999_999_999_999_999L;

    private final RedisTime time;
    private final RedisJournal journal;
    private final WholeJournal whole;
    private final RedisMatchJournal matches;
    private final Shards shards;

    ReplayRanges(RedisTime time, RedisJournal journal, WholeJournal whole, RedisMatchJournal matches, Shards shards) {
        this.time = time;
        this.journal = journal;
        this.whole = whole;
        this.matches = matches;
        this.shards = shards;
    }

    /**
     * The range between two places, of what has been accepted.
     *
     * @throws InvalidFieldException if it begins in the future
     */
    ReplayRange accepted(String namespace, JournalPoint from, @Nullable JournalPoint to) {
        ReplayRange present = upToNow(namespace, from);
        if (from.first().compareTo(present.to().last()) > 0) {
            throw new InvalidFieldException(
                    "from",
                    "must not be in the future but was " + from + ", and nothing comes after "
                            + present.to().last().acceptedAt());
        }
        return to == null || to.last().compareTo(present.to().last()) > 0
                ? present
                : new ReplayRange(from, to, List.of());
    }

    /** The same, of what has been dispatched. */
    ReplayRange dispatched(String namespace, JournalPoint from, @Nullable JournalPoint to) {
        ReplayRange accepted = accepted(namespace, from, to);
        List<FactId> ends = shards.all()
                .mapToObj(shard -> first(last(accepted, shard), matches.dispatched(namespace, shard)))
                .toList();
        return new ReplayRange(from, accepted.to(), ends);
    }

    /** The first position from which on a range is whole, if facts of it have left the journal because they were old. */
    Optional<FactId> wholeFrom(String namespace, JournalPoint from) {
        return shards.all()
                .mapToObj(shard -> whole.wholeFrom(namespace, shard))
                .flatMap(Optional::stream)
                .filter(position -> position.compareTo(from.first()) > 0)
                .max(Comparator.naturalOrder());
    }

    /** All that the journal holds, also where its positions are ahead of the clock. */
    private ReplayRange upToNow(String namespace, JournalPoint from) {
        JournalPoint now = JournalPoint.at(time.settled());
        List<FactId> lasts =
                shards.all().mapToObj(shard -> journal.last(namespace, shard)).toList();
        FactId last = Collections.max(lasts);
        return last.compareTo(now.last()) <= 0
                ? new ReplayRange(from, now, List.of())
                : new ReplayRange(from, JournalPoint.at(last), lasts);
    }

    /** The last position of a shard that belongs to a range. */
    private static FactId last(ReplayRange range, int shard) {
        if (!range.ends().isEmpty()) {
            return range.ends().get(shard);
        }
        FactId last = range.to().last();
        long sequence = Math.min(LAST_SEQUENCE, last.sequence());
        if (shard <= last.shard()) {
            return new FactId(shard, last.milliseconds(), sequence);
        }
        return sequence > 0
                ? new FactId(shard, last.milliseconds(), sequence - 1)
                : new FactId(shard, Math.max(0, last.milliseconds() - 1), LAST_SEQUENCE);
    }

    private static FactId first(FactId a, FactId b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
