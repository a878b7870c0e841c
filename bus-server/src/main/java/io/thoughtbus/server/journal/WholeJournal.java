package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntryBinary;

/** The journal as far back as it is kept: what has left Redis is read from the archive, if there is one. */
public final class WholeJournal {
    /** As long as a fact's id may be. */
    private static final long LAST_SEQUENCE = 9_999_999_999_999_999L;

    private static final StreamEntryID ORIGIN = new StreamEntryID(0, 0);

    private final RedisClient redis;
    private final RedisJournal journal;
    private final FactCodec codec;
    private final @Nullable JournalArchive archive;

    WholeJournal(RedisClient redis, RedisJournal journal, FactCodec codec, @Nullable JournalArchive archive) {
        this.redis = redis;
        this.journal = journal;
        this.codec = codec;
        this.archive = archive;
    }

    /** As {@link RedisJournal#range}. */
    public List<StoredFact> range(String namespace, int shard, String from, String to, int most) {
        return read(namespace, shard, from, to, most, new Source<StoredFact>() {
            @Override
            public List<StoredFact> inRedis(String start, int some) {
                return journal.range(namespace, shard, start, to, some);
            }

            @Override
            public List<StoredFact> in(JournalArchive kept, StreamEntryID first, StreamEntryID last, int some) {
                return kept.facts(namespace, shard, first, last, some).stream()
                        .map(entry -> codec.stored(shard, entry))
                        .toList();
            }
        });
    }

    /** As {@link RedisJournal#statements}. */
    public List<Fact> statements(String namespace, int shard, String from, String to, int most) {
        return range(namespace, shard, from, to, most).stream()
                .map(StoredFact::fact)
                .toList();
    }

    /** The facts at some positions; those that are neither in Redis nor in the archive are left out. */
    public List<Fact> statements(String namespace, List<FactId> ids) {
        List<Fact> found = new ArrayList<>(journal.statements(namespace, ids));
        if (archive != null && found.size() < ids.size()) {
            Set<FactId> held = found.stream().map(Fact::id).collect(Collectors.toSet());
            ids.stream()
                    .filter(id -> !held.contains(id))
                    .forEach(id ->
                            archived(namespace, id, false).forEach(entry -> found.add(codec.fact(id.shard(), entry))));
        }
        return found;
    }

    /** Whether none of some facts has left Redis for the archive because it was old. */
    public boolean areInRedis(String namespace, List<FactId> ids) {
        return archive == null
                || ids.stream()
                        .collect(Collectors.toMap(FactId::shard, id -> id, (a, b) -> a.compareTo(b) <= 0 ? a : b))
                        .values()
                        .stream()
                        .allMatch(oldest -> trimmed(namespace, oldest.shard())
                                        .compareTo(new StreamEntryID(oldest.milliseconds(), oldest.sequence()))
                                < 0);
    }

    /** The fact at a position; empty if it is neither in Redis nor in the archive. */
    public Optional<StoredFact> find(String namespace, FactId id) {
        String position = RedisJournal.position(id);
        return range(namespace, id.shard(), position, position, 1).stream().findFirst();
    }

    /**
     * Reads another stream whose entries have the positions of their facts.
     *
     * @param from as XRANGE takes it: with a parenthesis before it, it does not belong to the range
     * @param to the same
     */
    public <T> List<T> read(String namespace, int shard, String from, String to, int most, Source<T> source) {
        if (archive == null) {
            return source.inRedis(from, most);
        }
        List<T> all = new ArrayList<>();
        String start = from;
        StreamEntryID trimmed = trimmed(namespace, shard);
        while (true) {
            if (first(start).compareTo(trimmed) <= 0) {
                StreamEntryID last = last(to);
                boolean endsThere = last.compareTo(trimmed) <= 0;
                all.addAll(source.in(archive, first(start), endsThere ? last : trimmed, most - all.size()));
                if (endsThere || all.size() >= most) {
                    return all;
                }
                start = "(" + trimmed;
            }
            List<T> held = source.inRedis(start, most - all.size());
            StreamEntryID now = trimmed(namespace, shard);
            if (first(start).compareTo(now) > 0) {
                all.addAll(held);
                return all;
            }
            trimmed = now;
        }
    }

    /** Entries of what was archived, in place of what Redis no longer holds. */
    public List<StreamEntryBinary> archived(String namespace, FactId fact, boolean ofMatches) {
        if (archive == null || areInRedis(namespace, List.of(fact))) {
            return List.of();
        }
        StreamEntryID position = new StreamEntryID(fact.milliseconds(), fact.sequence());
        return ofMatches
                ? archive.matches(namespace, fact.shard(), position, position, 1)
                : archive.facts(namespace, fact.shard(), position, position, 1);
    }

    /** The position of the oldest fact that is kept, or one before it. */
    public FactId first(String namespace, int shard) {
        return journal.wholeFrom(namespace, shard).isEmpty()
                ? journal.first(namespace, shard)
                : wholeFrom(namespace, shard).orElse(new FactId(shard, 0, 0));
    }

    /** As {@link RedisJournal#wholeFrom}. */
    public Optional<FactId> wholeFrom(String namespace, int shard) {
        Optional<FactId> held = journal.wholeFrom(namespace, shard);
        return archive == null
                ? held
                : held.flatMap(whole -> archive.missing(namespace, before(whole)))
                        .map(WholeJournal::after);
    }

    private StreamEntryID trimmed(String namespace, int shard) {
        String position = redis.hget(RedisKeys.shard(namespace, shard, "dispatch"), "trimmed");
        return position == null ? ORIGIN : new StreamEntryID(position);
    }

    private static FactId after(FactId position) {
        return new FactId(position.shard(), position.milliseconds(), position.sequence() + 1);
    }

    private static FactId before(FactId position) {
        return position.sequence() > 0
                ? new FactId(position.shard(), position.milliseconds(), position.sequence() - 1)
                : new FactId(position.shard(), Math.max(0, position.milliseconds() - 1), LAST_SEQUENCE);
    }

    private static StreamEntryID first(String from) {
        if (from.equals("-")) {
            return new StreamEntryID(0, 1);
        }
        StreamEntryID position = position(from, 0);
        return from.startsWith("(") ? new StreamEntryID(position.getTime(), position.getSequence() + 1) : position;
    }

    private static StreamEntryID last(String to) {
        if (to.equals("+")) {
            return new StreamEntryID(Long.MAX_VALUE, Long.MAX_VALUE);
        }
        StreamEntryID position = position(to, Long.MAX_VALUE);
        if (!to.startsWith("(")) {
            return position;
        }
        return position.getSequence() > 0
                ? new StreamEntryID(position.getTime(), position.getSequence() - 1)
                : new StreamEntryID(position.getTime() - 1, Long.MAX_VALUE);
    }

    private static StreamEntryID position(String text, long sequence) {
        String bare = text.startsWith("(") ? text.substring(1) : text;
        return bare.contains("-") ? new StreamEntryID(bare) : new StreamEntryID(Long.parseLong(bare), sequence);
    }

    /**
     * How a stream is read.
     *
     * @param <T> what its entries become
     */
    public interface Source<T> {
        /** The oldest entries in Redis from a position on, as XRANGE takes it. */
        List<T> inRedis(String start, int most);

        /** The same in the archive, between two positions, both included. */
        List<T> in(JournalArchive archive, StreamEntryID first, StreamEntryID last, int most);
    }
}
