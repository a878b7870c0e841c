package io.thoughtbus.server.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.ledger.Hash;
import io.thoughtbus.server.archive.SealedLeaf.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntryBinary;

class BlockTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsDecodedIsWhatWasEncoded(long seed) {
        Random random = new Random(seed);
        List<SealedLeaf> leaves = new ArrayList<>();
        int count = random.nextInt(300);
        for (int i = 0; i < count; i++) {
            leaves.add(leaf(random));
        }

        byte[] block = Block.encode(leaves);

        assertThat(texts(Block.decode(block))).isEqualTo(texts(leaves));
    }

    @Test
    void bytesThatWereAlteredOrCutAreRefused() {
        Random random = new Random(9);
        byte[] block = Block.encode(List.of(leaf(random), leaf(random), leaf(random)));
        for (int i = 0; i < block.length; i++) {
            byte[] altered = block.clone();
            altered[i] ^= 1;
            int at = i;
            if (!texts(Block.decode(block)).equals(decodedOrNothing(altered))) {
                continue;
            }
            // Some bits of a frame's header say nothing, so what is read is the same.
            assertThat(at).isLessThan(16);
        }
        for (int length = 0; length < block.length; length++) {
            byte[] cut = Arrays.copyOf(block, length);
            assertThatThrownBy(() -> Block.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<String> decodedOrNothing(byte[] bytes) {
        try {
            return texts(Block.decode(bytes));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static SealedLeaf leaf(Random random) {
        byte[] hash = new byte[Hash.BYTES];
        random.nextBytes(hash);
        int kind = random.nextInt(4);
        if (kind == 0) {
            return SealedLeaf.hashed(Hash.of(hash));
        }
        IdentityHashMap<byte[], byte[]> fields = new IdentityHashMap<>();
        for (String name : kind == 1 ? List.of("m", "s") : List.of("f", "v", "a", "s")) {
            byte[] value = new byte[random.nextInt(4) == 0 ? random.nextInt(2) : random.nextInt(2_000)];
            random.nextBytes(value);
            fields.put(name.getBytes(StandardCharsets.UTF_8), value);
        }
        long milliseconds = random.nextInt(3) == 0 ? random.nextLong() >>> 1 : random.nextInt(5);
        return new SealedLeaf(
                kind == 1 ? Stream.MATCHES : Stream.FACTS,
                random.nextInt(4),
                new StreamEntryBinary(new StreamEntryID(milliseconds, random.nextInt(1_000)), fields),
                kind == 3 ? Hash.of(hash) : null);
    }

    private static List<String> texts(List<SealedLeaf> leaves) {
        return leaves.stream().map(BlockTest::text).toList();
    }

    private static String text(SealedLeaf leaf) {
        StreamEntryBinary entry = leaf.entry();
        String fields = entry == null
                ? "none"
                : entry.getID() + " "
                        + entry.getFields().entrySet().stream()
                                .map(field -> new String(field.getKey(), StandardCharsets.UTF_8) + "="
                                        + Arrays.toString(field.getValue()))
                                .sorted()
                                .collect(Collectors.joining(" "));
        return leaf.stream() + " " + leaf.shard() + " " + leaf.hash() + " " + fields;
    }
}
