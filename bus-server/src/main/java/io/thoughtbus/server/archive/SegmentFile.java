package io.thoughtbus.server.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.thoughtbus.server.archive.SealedLeaf.Stream;
import io.thoughtbus.server.archive.SegmentIndex.Part;
import io.thoughtbus.server.archive.SegmentIndex.Range;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of a segment's file: the blocks one after the other, the index as compressed JSON, and a trailer of 44 bytes
 * that says how long the index is (4 bytes, big-endian) and what its SHA-256 is, and ends in {@code TBSEGMT1}.
 */
final class SegmentFile {
    static final int TRAILER = Integer.BYTES + 32 + 8;

    private static final byte[] MAGIC = "TBSEGMT1".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_INDEX = 1 << 26;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SegmentFile() {}

    /**
     * The bytes of a segment.
     *
     * @param blocks the leaves, in the parts that they are to be read in
     * @param indexed makes the index of what is known of each block
     */
    static byte[] encode(List<List<SealedLeaf>> blocks, BiFunction<Integer, List<Part>, SegmentIndex> indexed) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        List<Part> parts = new ArrayList<>();
        for (List<SealedLeaf> leaves : blocks) {
            byte[] block = Block.encode(leaves);
            parts.add(new Part(
                    file.size(),
                    block.length,
                    Base64.getEncoder().encodeToString(sha256(block)),
                    leaves.size(),
                    ranges(leaves)));
            file.writeBytes(block);
        }
        byte[] index = Zstd.compress(JSON.writeValueAsBytes(indexed.apply(file.size(), parts)));
        file.writeBytes(index);
        file.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(index.length).array());
        file.writeBytes(sha256(index));
        file.writeBytes(MAGIC);
        return file.toByteArray();
    }

    /**
     * How many bytes before the trailer the index has.
     *
     * @throws IllegalArgumentException if the file does not end as a segment does
     */
    static int indexLength(byte[] trailer) {
        ByteBuffer read = ByteBuffer.wrap(trailer);
        if (trailer.length != TRAILER
                || !Arrays.equals(trailer, TRAILER - MAGIC.length, TRAILER, MAGIC, 0, MAGIC.length)
                || read.getInt(0) <= 0
                || read.getInt(0) > LARGEST_INDEX) {
            throw new IllegalArgumentException("the file does not end as a segment does");
        }
        return read.getInt(0);
    }

    /**
     * The index.
     *
     * @throws IllegalArgumentException if it is not the one that the trailer is of
     */
    static SegmentIndex index(byte[] bytes, byte[] trailer) {
        if (!Arrays.equals(sha256(bytes), Arrays.copyOfRange(trailer, Integer.BYTES, TRAILER - MAGIC.length))) {
            throw new IllegalArgumentException("its index was altered");
        }
        try {
            long size = Zstd.getFrameContentSize(bytes);
            if (size <= 0 || size > LARGEST_INDEX) {
                throw new IllegalArgumentException("its index cannot be read");
            }
            return JSON.readValue(Zstd.decompress(bytes, (int) size), SegmentIndex.class);
        } catch (ZstdException | JacksonException e) {
            throw new IllegalArgumentException("its index cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The leaves of a block.
     *
     * @throws IllegalArgumentException if these are not the bytes that the index is of
     */
    static List<SealedLeaf> block(byte[] bytes, Part part) {
        if (!Base64.getEncoder().encodeToString(sha256(bytes)).equals(part.sha256())) {
            throw new IllegalArgumentException("was altered");
        }
        List<SealedLeaf> leaves = Block.decode(bytes);
        if (leaves.size() != part.leaves()) {
            throw new IllegalArgumentException("holds " + leaves.size() + " leaves instead of " + part.leaves());
        }
        return leaves;
    }

    private static List<Range> ranges(List<SealedLeaf> leaves) {
        Map<String, Range> ranges = new LinkedHashMap<>();
        for (SealedLeaf leaf : leaves) {
            if (leaf.entry() != null) {
                StreamEntryID position = leaf.position();
                Range here = new Range(leaf.stream(), leaf.shard(), position.toString(), position.toString());
                ranges.merge(
                        leaf.stream() + ":" + leaf.shard(),
                        here,
                        (all, last) -> new Range(all.stream(), all.shard(), all.first(), last.last()));
            }
        }
        return List.copyOf(ranges.values());
    }

    /** How many entries of a stream there are. */
    static int count(List<List<SealedLeaf>> blocks, Stream stream) {
        return (int) blocks.stream()
                .flatMap(List::stream)
                .filter(leaf -> leaf.stream() == stream)
                .filter(leaf -> Optional.ofNullable(leaf.entry()).isPresent())
                .count();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
