package io.thoughtbus.server.replay;

import io.thoughtbus.protocol.Difference;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.replay.StoredComparison.Kind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** What one step of a replay of a namespace has found, in the order in which it was found. */
final class Findings {
    /** Writes numbers alike on every Java; the usual writer does not. */
    static final JsonMapper LINES = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .build();

    private final Map<Kind, List<String>> told = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private Digest digest;
    private long count;
    private long matched;
    private long unverified;

    /**
     * Nothing yet.
     *
     * @param digest of all lines before
     */
    Findings(String digest) {
        this.digest = new Digest(digest);
    }

    /** A line of the result. */
    void line(Difference line) {
        byte[] json = LINES.writeValueAsBytes(line);
        lines.writeBytes(json);
        lines.write('\n');
        digest = digest.with(json);
        count++;
    }

    /** One of what is counted, of which the first are told. */
    void tell(Kind kind, Difference difference) {
        counts.merge(kind, 1L, Long::sum);
        List<String> some = told.computeIfAbsent(kind, each -> new ArrayList<>());
        if (some.size() < RedisComparisons.MOST_TOLD) {
            some.add(LINES.writeValueAsString(difference));
        }
    }

    /** A fact that wakes somebody. */
    void match() {
        matched++;
    }

    /** A fact that cannot be decided again. */
    void unverified() {
        unverified++;
    }

    byte[] lines() {
        return lines.toByteArray();
    }

    long count() {
        return count;
    }

    List<String> told(Kind kind) {
        return told.getOrDefault(kind, List.of());
    }

    /** Adds what was found to what was found before. */
    StoredComparison.Progress after(StoredComparison.Progress before, List<FactId> read, long erased, long ranMillis) {
        Map<Kind, Long> all = new EnumMap<>(Kind.class);
        all.putAll(before.counts());
        counts.forEach((kind, more) -> all.merge(kind, more, Long::sum));
        return new StoredComparison.Progress(
                before.scanned() == 0 && !read.isEmpty() ? read.get(0) : before.first(),
                read.isEmpty() ? before.read() : read.get(read.size() - 1),
                before.scanned() + read.size(),
                before.matched() + matched,
                before.erased() + erased,
                before.unverified() + unverified,
                before.lines() + count,
                before.lines() < RedisComparisons.MOST_LINES ? before.kept() + count : before.kept(),
                all,
                digest.value(),
                before.ranMillis() + ranMillis);
    }
}
