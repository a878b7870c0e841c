package io.thoughtbus.server.journal;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * The streams that a namespace's facts are spread over.
 *
 * @param count how many there are
 */
public record Shards(int count) {

    /** The shard of all facts about a subject; for a fact without one, give its text. */
    public int of(String subjectOrText) {
        CRC32 hash = new CRC32();
        hash.update(subjectOrText.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % count);
    }

    /** All shards. */
    public IntStream all() {
        return IntStream.range(0, count);
    }
}
