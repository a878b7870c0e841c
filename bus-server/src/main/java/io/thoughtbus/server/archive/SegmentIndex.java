package io.thoughtbus.server.archive;

import io.thoughtbus.server.archive.SealedLeaf.Stream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.StreamEntryID;

/**
 * What stands at the end of a segment's file: what the segment is of, what proves it, and where its blocks are.
 *
 * @param origin which ledger it is of
 * @param from its first leaf
 * @param to the leaf after its last
 * @param sealedAt when it was sealed first
 * @param facts how many facts it keeps
 * @param matches how many records of matches it keeps
 * @param peaks of the ledger's tree before {@code from}, in base64
 * @param checkpoint the signed note of a checkpoint of at least {@code to} leaves
 * @param consistency the hashes that join the tree of {@code to} leaves to that of the checkpoint (RFC 9162, 2.1.4)
 * @param shards how far the archive goes with it, for each shard of the journal
 * @param blocks its parts, in order
 */
record SegmentIndex(
        String origin,
        long from,
        long to,
        Instant sealedAt,
        int facts,
        int matches,
        List<String> peaks,
        String checkpoint,
        List<String> consistency,
        List<Reach> shards,
        List<Part> blocks) {
    static final String NOTHING = "0-0";

    SegmentIndex {
        peaks = List.copyOf(peaks);
        consistency = List.copyOf(consistency);
        shards = List.copyOf(shards);
        blocks = List.copyOf(blocks);
    }

    /** The last position of a stream that was archived with this segment or before it. */
    StreamEntryID last(Stream stream, int shard) {
        return shard < shards.size()
                ? new StreamEntryID(
                        stream == Stream.FACTS
                                ? shards.get(shard).facts()
                                : shards.get(shard).matches())
                : new StreamEntryID(NOTHING);
    }

    /** The first position of a stream in this segment; empty if it keeps none. */
    Optional<StreamEntryID> begins(Stream stream, int shard) {
        return blocks.stream()
                .flatMap(block -> block.ranges().stream())
                .filter(range -> range.stream() == stream && range.shard() == shard)
                .findFirst()
                .map(range -> new StreamEntryID(range.first()));
    }

    /** The same of a later generation. */
    SegmentIndex with(int keptFacts, List<Part> parts) {
        return new SegmentIndex(
                origin, from, to, sealedAt, keptFacts, matches, peaks, checkpoint, consistency, shards, parts);
    }

    /**
     * How far the archive goes in one shard.
     *
     * @param facts the last position of a fact in this segment or before
     * @param matches the last position of a record of matches
     * @param missing the last position of a fact that had left the journal before it could be archived
     */
    record Reach(String facts, String matches, @Nullable String missing) {}

    /**
     * One block.
     *
     * @param offset where in the file it begins
     * @param length how many bytes it has there
     * @param sha256 of the bytes in the file, in base64
     * @param leaves how many it holds
     * @param ranges the first and last positions in it
     */
    record Part(long offset, int length, String sha256, int leaves, List<Range> ranges) {
        Part {
            ranges = List.copyOf(ranges);
        }

        boolean mayHold(Stream stream, int shard, StreamEntryID from, StreamEntryID to) {
            return ranges.stream()
                    .anyMatch(range -> range.stream() == stream
                            && range.shard() == shard
                            && new StreamEntryID(range.first()).compareTo(to) <= 0
                            && new StreamEntryID(range.last()).compareTo(from) >= 0);
        }
    }

    /** The positions of a stream that a block holds entries of, both included. */
    record Range(Stream stream, int shard, String first, String last) {}
}
