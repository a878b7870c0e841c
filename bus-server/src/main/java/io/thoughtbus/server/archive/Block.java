package io.thoughtbus.server.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import io.thoughtbus.ledger.Hash;
import io.thoughtbus.server.archive.SealedLeaf.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntryBinary;

/**
 * Some neighbouring leaves as bytes: what is alike stands together, the four bytes of an embedding's numbers each in a
 * plane of their own; each part is a frame of Zstandard (RFC 8878) with a checksum, behind its length (4 bytes, big-endian).
 */
final class Block {
    private static final int LEVEL = 19;

    /** For what hardly gets smaller: all of a number but its exponent. */
    private static final int LEVEL_OF_CHANCE = 1;

    private static final int EXPONENT = 3;
    private static final int NUMBER = Float.BYTES;
    private static final byte VECTOR = 'v';
    private static final byte SALT = 's';
    private static final int HAS_ENTRY = 4;
    private static final int HAS_HASH = 8;
    private static final int PARTS = 4 + NUMBER + 1;
    private static final int LARGEST_PART = 1 << 28;

    private Block() {}

    /** The bytes of some leaves. */
    static byte[] encode(List<SealedLeaf> leaves) {
        Columns columns = new Columns();
        columns.meta.number(leaves.size());
        Map<Stream, Map<Integer, Long>> before = new EnumMap<>(Stream.class);
        for (SealedLeaf leaf : leaves) {
            StreamEntryBinary entry = leaf.entry();
            Hash hash = leaf.hash();
            columns.meta.write(leaf.stream().code() | (entry == null ? 0 : HAS_ENTRY) | (hash == null ? 0 : HAS_HASH));
            if (hash != null) {
                columns.hashes.writeBytes(hash.bytes());
            }
            if (entry != null) {
                columns.add(leaf, entry, before);
            }
        }
        return columns.compressed();
    }

    /**
     * The leaves of a block.
     *
     * @throws IllegalArgumentException if these are not the bytes of one
     */
    static List<SealedLeaf> decode(byte[] bytes) {
        try {
            ByteBuffer block = ByteBuffer.wrap(bytes);
            List<ByteBuffer> parts = new ArrayList<>();
            for (int i = 0; i < PARTS; i++) {
                parts.add(part(block));
            }
            if (block.hasRemaining()) {
                throw new IllegalArgumentException("there are " + block.remaining() + " bytes more");
            }
            return new Reading(parts).leaves();
        } catch (ZstdException | BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IllegalArgumentException("these are not the bytes of a block: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer part(ByteBuffer block) {
        byte[] frame = bytes(block, block.getInt());
        long size = Zstd.getFrameContentSize(frame);
        if (size < 0 || size > LARGEST_PART) {
            throw new IllegalArgumentException("a part of it cannot be read");
        }
        return ByteBuffer.wrap(Zstd.decompress(frame, (int) size));
    }

    /** What is written, like with like. */
    private static final class Columns {
        private final Numbers meta = new Numbers();
        private final ByteArrayOutputStream texts = new ByteArrayOutputStream();
        private final ByteArrayOutputStream salts = new ByteArrayOutputStream();
        private final ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        private final ByteArrayOutputStream vectors = new ByteArrayOutputStream();

        void add(SealedLeaf leaf, StreamEntryBinary entry, Map<Stream, Map<Integer, Long>> before) {
            long milliseconds = entry.getID().getTime();
            Long last = before.computeIfAbsent(leaf.stream(), stream -> new HashMap<>())
                    .put(leaf.shard(), milliseconds);
            meta.number(leaf.shard());
            meta.number(milliseconds - (last == null ? 0 : last));
            meta.number(entry.getID().getSequence());
            meta.number(entry.getFields().size());
            entry.getFields().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(Arrays::compare))
                    .forEach(field -> add(field.getKey(), field.getValue()));
        }

        private void add(byte[] name, byte[] value) {
            meta.number(name.length);
            meta.writeBytes(name);
            meta.number(value.length);
            switch (kind(name)) {
                case VECTOR -> vectors.writeBytes(value);
                case SALT -> salts.writeBytes(value);
                default -> texts.writeBytes(value);
            }
        }

        byte[] compressed() {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            try (ZstdCompressCtx context = new ZstdCompressCtx()) {
                context.setChecksum(true).setContentSize(true).setLevel(LEVEL);
                for (ByteArrayOutputStream part : List.of(meta, texts, salts, hashes)) {
                    add(block, context.compress(part.toByteArray()));
                }
                List<byte[]> planes = planes(vectors.toByteArray());
                for (int plane = 0; plane < planes.size(); plane++) {
                    context.setLevel(plane < EXPONENT ? LEVEL_OF_CHANCE : LEVEL);
                    add(block, context.compress(planes.get(plane)));
                }
            }
            return block.toByteArray();
        }

        private static void add(ByteArrayOutputStream block, byte[] frame) {
            block.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(frame.length).array());
            block.writeBytes(frame);
        }
    }

    private static byte kind(byte[] name) {
        return name.length == 1 ? name[0] : 0;
    }

    /** The bytes of 32-bit numbers, each in its plane; the sign is turned to the end, so that the exponent is a byte. */
    private static List<byte[]> planes(byte[] numbers) {
        int count = numbers.length / NUMBER;
        ByteBuffer read = ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> planes = new ArrayList<>();
        for (int plane = 0; plane < NUMBER; plane++) {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++) {
                bytes[i] = (byte) (Integer.rotateLeft(read.getInt(i * NUMBER), 1) >>> (plane * Byte.SIZE));
            }
            planes.add(bytes);
        }
        planes.add(Arrays.copyOfRange(numbers, count * NUMBER, numbers.length));
        return planes;
    }

    private static ByteBuffer numbers(List<ByteBuffer> planes) {
        int count = planes.get(0).remaining();
        ByteBuffer rest = planes.get(NUMBER);
        ByteBuffer numbers =
                ByteBuffer.allocate(count * NUMBER + rest.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            int turned = 0;
            for (int plane = 0; plane < NUMBER; plane++) {
                turned |= Byte.toUnsignedInt(planes.get(plane).get(i)) << (plane * Byte.SIZE);
            }
            numbers.putInt(Integer.rotateRight(turned, 1));
        }
        return numbers.put(rest).flip();
    }

    /** What is read. */
    private static final class Reading {
        private final ByteBuffer meta;
        private final ByteBuffer texts;
        private final ByteBuffer salts;
        private final ByteBuffer hashes;
        private final ByteBuffer vectors;
        private final Map<Stream, Map<Integer, Long>> before = new EnumMap<>(Stream.class);

        Reading(List<ByteBuffer> parts) {
            meta = parts.get(0);
            texts = parts.get(1);
            salts = parts.get(2);
            hashes = parts.get(3);
            vectors = numbers(parts.subList(4, PARTS));
        }

        List<SealedLeaf> leaves() {
            int count = Math.toIntExact(Numbers.read(meta));
            List<SealedLeaf> leaves = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                leaves.add(leaf());
            }
            return leaves;
        }

        private SealedLeaf leaf() {
            int flags = meta.get();
            Stream stream = Stream.of(flags & 3);
            @Nullable Hash hash = (flags & HAS_HASH) == 0 ? null : Hash.of(bytes(hashes, Hash.BYTES));
            if ((flags & HAS_ENTRY) == 0) {
                return new SealedLeaf(stream, 0, null, hash);
            }
            int shard = Math.toIntExact(Numbers.read(meta));
            Map<Integer, Long> last = before.computeIfAbsent(stream, any -> new HashMap<>());
            long milliseconds = last.getOrDefault(shard, 0L) + Numbers.read(meta);
            last.put(shard, milliseconds);
            StreamEntryID position = new StreamEntryID(milliseconds, Numbers.read(meta));
            IdentityHashMap<byte[], byte[]> fields = new IdentityHashMap<>();
            long count = Numbers.read(meta);
            for (long i = 0; i < count; i++) {
                byte[] name = bytes(meta, Math.toIntExact(Numbers.read(meta)));
                int length = Math.toIntExact(Numbers.read(meta));
                ByteBuffer source = switch (kind(name)) {
                    case VECTOR -> vectors;
                    case SALT -> salts;
                    default -> texts;
                };
                fields.put(name, bytes(source, length));
            }
            return new SealedLeaf(stream, shard, new StreamEntryBinary(position, fields), hash);
        }
    }

    private static byte[] bytes(ByteBuffer source, int length) {
        if (length < 0 || length > source.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        source.get(bytes);
        return bytes;
    }

    /** Whole numbers in as few bytes as they need, seven bits in each, the lowest first; negative ones interleaved. */
    private static final class Numbers extends ByteArrayOutputStream {
        void number(long value) {
            long rest = (value << 1) ^ (value >> 63);
            while ((rest & ~0x7fL) != 0) {
                write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            write((int) rest);
        }

        static long read(ByteBuffer source) {
            long value = 0;
            int shift = 0;
            byte next;
            do {
                next = source.get();
                value |= (next & 0x7fL) << shift;
                shift += 7;
            } while (next < 0 && shift < 64);
            return (value >>> 1) ^ -(value & 1);
        }
    }
}
