package io.thoughtbus.server.archive;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.server.archive.SealedLeaf.Stream;
import io.thoughtbus.server.archive.SegmentIndex.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import redis.clients.jedis.StreamEntryID;

/** The segments of all namespaces, of each the latest generation; what was read lately is kept in memory, bounded. */
@Component
@IfArchiving
final class Segments {
    private static final Duration LISTED_FOR = Duration.ofSeconds(2);
    private static final int NAMESPACES = 1_000;
    private static final long INDEX_BYTES = 16L << 20;
    private static final long BLOCK_BYTES = 48L << 20;
    private static final int TAIL = 1 << 16;
    private static final int ATTEMPTS = 5;

    private final SegmentStore store;
    private final Cache<String, NavigableMap<Long, SegmentName>> listed;
    private final Cache<String, Segment> opened;
    private final Cache<String, List<SealedLeaf>> blocks;

    Segments(SegmentStore store, Ticker ticker) {
        this.store = store;
        this.listed = Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(LISTED_FOR)
                .maximumSize(NAMESPACES)
                .build();
        this.opened = Caffeine.newBuilder()
                .maximumWeight(INDEX_BYTES)
                .weigher((String key, Segment segment) ->
                        1_000 + 600 * segment.index().blocks().size())
                .build();
        this.blocks = Caffeine.newBuilder()
                .maximumWeight(BLOCK_BYTES)
                .weigher((String key, List<SealedLeaf> leaves) -> 1_000 + weight(leaves))
                .build();
    }

    /** The segments of a namespace by their first leaves. */
    NavigableMap<Long, SegmentName> names(String namespace) {
        return listed.get(namespace, this::list);
    }

    /** The segment that begins at a leaf. */
    Optional<Segment> find(String namespace, long from) {
        return stable(
                namespace, () -> Optional.ofNullable(names(namespace).get(from)).map(name -> open(namespace, name)));
    }

    /** The newest segment, after which the next one begins. */
    Optional<Segment> last(String namespace) {
        return stable(
                namespace,
                () -> Optional.ofNullable(names(namespace).lastEntry()).map(last -> open(namespace, last.getValue())));
    }

    /** The newest segment whose index can be read. */
    Optional<Segment> newestReadable(String namespace) {
        return stable(
                namespace,
                () -> names(namespace).descendingMap().values().stream()
                        .filter(name -> isReadable(namespace, name))
                        .findFirst()
                        .map(name -> open(namespace, name)));
    }

    /** Whether the segments go to a position of a shard's facts, or one that cannot be read may. */
    boolean mayReach(String namespace, int shard, StreamEntryID position) {
        Optional<Segment> newest = newestReadable(namespace);
        boolean isLast = newest.map(segment -> segment.name().from())
                .equals(Optional.ofNullable(names(namespace).lastEntry()).map(Map.Entry::getKey));
        return !isLast
                || newest.filter(segment ->
                                segment.index().last(Stream.FACTS, shard).compareTo(position) >= 0)
                        .isPresent();
    }

    /** The oldest entries of one shard's stream between two positions, both included. */
    List<SealedLeaf> range(String namespace, Stream stream, int shard, StreamEntryID from, StreamEntryID to, int most) {
        return stable(namespace, () -> {
            List<SealedLeaf> found = new ArrayList<>();
            List<SegmentName> all = List.copyOf(names(namespace).values());
            for (int i = first(namespace, all, stream, shard, from); i < all.size() && found.size() < most; i++) {
                Segment segment = open(namespace, all.get(i));
                collect(namespace, segment, stream, shard, from, to, most, found);
                if (segment.index().last(stream, shard).compareTo(to) >= 0) {
                    break;
                }
            }
            return found;
        });
    }

    /** The first leaf of the segment that holds the entry at a position; empty if none does. */
    Optional<Long> holding(String namespace, Stream stream, int shard, StreamEntryID position) {
        return stable(namespace, () -> {
            List<SegmentName> all = List.copyOf(names(namespace).values());
            int first = first(namespace, all, stream, shard, position);
            if (first == all.size()) {
                return Optional.empty();
            }
            List<SealedLeaf> found = new ArrayList<>();
            collect(namespace, open(namespace, all.get(first)), stream, shard, position, position, 1, found);
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(all.get(first).from());
        });
    }

    /**
     * The leaves of a block.
     *
     * @throws DamagedSegmentException if they cannot be read
     */
    List<SealedLeaf> block(String namespace, Segment segment, int number) {
        return blocks.get(namespace + "/" + segment.name() + "/" + number, key -> read(namespace, segment, number));
    }

    /** Does what reads segments; once more if a file is gone, since another generation has taken its place. */
    <T> T stable(String namespace, Supplier<T> reading) {
        for (int attempt = 1; ; attempt++) {
            try {
                return reading.get();
            } catch (NoSuchSegmentException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                changed(namespace);
            }
        }
    }

    /** Has the segments of a namespace listed anew. */
    void changed(String namespace) {
        listed.invalidate(namespace);
    }

    private NavigableMap<Long, SegmentName> list(String namespace) {
        NavigableMap<Long, SegmentName> names = new TreeMap<>();
        for (SegmentName name : store.list(namespace)) {
            names.merge(name.from(), name, (a, b) -> a.generation() > b.generation() ? a : b);
        }
        return names;
    }

    private Segment open(String namespace, SegmentName name) {
        return opened.get(namespace + "/" + name, key -> {
            long size = store.size(namespace, name);
            int tailed = (int) Math.min(size, TAIL);
            byte[] tail = store.read(namespace, name, size - tailed, tailed);
            try {
                byte[] trailer = Arrays.copyOfRange(tail, Math.max(0, tail.length - SegmentFile.TRAILER), tail.length);
                int length = SegmentFile.indexLength(trailer);
                int end = tail.length - SegmentFile.TRAILER;
                byte[] index = length <= end
                        ? Arrays.copyOfRange(tail, end - length, end)
                        : store.read(namespace, name, size - SegmentFile.TRAILER - length, length);
                return new Segment(name, size, SegmentFile.index(index, trailer));
            } catch (IllegalArgumentException e) {
                throw new DamagedSegmentException(namespace, name, String.valueOf(e.getMessage()));
            }
        });
    }

    private List<SealedLeaf> read(String namespace, Segment segment, int number) {
        Part part = segment.index().blocks().get(number);
        byte[] bytes = store.read(namespace, segment.name(), part.offset(), part.length());
        try {
            return SegmentFile.block(bytes, part);
        } catch (IllegalArgumentException e) {
            throw new DamagedSegmentException(namespace, segment.name(), "block " + number + " " + e.getMessage());
        }
    }

    /**
     * The first of some neighbouring segments that may hold a position or a later one.
     *
     * @throws DamagedSegmentException if one may that cannot be read; one that cannot is passed over elsewhere
     */
    private int first(String namespace, List<SegmentName> all, Stream stream, int shard, StreamEntryID from) {
        int low = 0;
        int high = all.size();
        int found = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int readable = middle;
            while (readable < high && !isReadable(namespace, all.get(readable))) {
                readable++;
            }
            if (readable == high) {
                high = middle;
            } else if (open(namespace, all.get(readable))
                            .index()
                            .last(stream, shard)
                            .compareTo(from)
                    >= 0) {
                found = readable;
                high = middle;
            } else {
                low = readable + 1;
            }
        }
        boolean beginsBefore = found < all.size()
                && open(namespace, all.get(found)).index().begins(stream, shard).stream()
                        .anyMatch(begin -> begin.compareTo(from) <= 0);
        if (found > 0 && !beginsBefore) {
            open(namespace, all.get(found - 1));
        }
        return found;
    }

    private boolean isReadable(String namespace, SegmentName name) {
        try {
            open(namespace, name);
            return true;
        } catch (DamagedSegmentException e) {
            return false;
        }
    }

    private void collect(
            String namespace,
            Segment segment,
            Stream stream,
            int shard,
            StreamEntryID from,
            StreamEntryID to,
            int most,
            List<SealedLeaf> found) {
        List<Part> parts = segment.index().blocks();
        for (int i = 0; i < parts.size() && found.size() < most; i++) {
            if (parts.get(i).mayHold(stream, shard, from, to)) {
                block(namespace, segment, i).stream()
                        .filter(leaf -> leaf.isOf(stream, shard))
                        .filter(leaf -> leaf.position().compareTo(from) >= 0
                                && leaf.position().compareTo(to) <= 0)
                        .limit(most - found.size())
                        .forEach(found::add);
            }
        }
    }

    private static int weight(List<SealedLeaf> leaves) {
        return leaves.stream()
                .map(SealedLeaf::entry)
                .mapToInt(entry -> entry == null
                        ? 100
                        : 300
                                + entry.getFields().values().stream()
                                        .mapToInt(value -> value.length)
                                        .sum())
                .sum();
    }
}
