package io.thoughtbus.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies an export against a checkpoint, in one pass and with no more in memory than a section's hashes: those lead to
 * the root, each tile's hashes lead to the section's, and each record has the hash of its leaf.
 */
public final class ExportVerifier {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Checkpoint checkpoint;
    private final ExportLines lines;
    private final LongConsumer progress;
    private long withheld;

    ExportVerifier(Checkpoint checkpoint, ExportLines lines, LongConsumer progress) {
        this.checkpoint = checkpoint;
        this.lines = lines;
        this.progress = progress;
    }

    /**
     * Verifies an export of JSON lines or of events.
     *
     * @param checkpoint that its note is signed has been verified
     * @param progress is told after each tile how many leaves were verified
     * @throws TamperedException at the first thing that is wrong
     */
    public static ExportSummary verify(InputStream export, Checkpoint checkpoint, LongConsumer progress)
            throws IOException {
        return new ExportVerifier(checkpoint, new ExportLines(export, checkpoint.origin()), progress).run();
    }

    ExportSummary run() throws IOException {
        Opened opened = open(null);
        verify(opened);
        while (opened.section().to() < opened.section().export().to()) {
            opened = open(opened.section());
            verify(opened);
        }
        ExportRange range = opened.section().export();
        if (lines.take() != null) {
            throw found(Finding.Kind.INSERTED, range.to(), "something stands after the last leaf of the export");
        }
        return new ExportSummary(range, range.to() - range.from(), withheld);
    }

    private Opened open(@Nullable ExportSection before) throws IOException {
        String line = lines.take();
        long leaf = before == null ? 0 : before.to();
        if (line == null) {
            throw found(Finding.Kind.TRUNCATED, leaf, "the export ends before the section of leaf " + leaf);
        }
        try {
            JsonNode stated = JSON.readTree(line).path("section");
            long from = stated.path("from").asLong(-1);
            ExportRange range = new ExportRange(
                    stated.path("origin").asString(),
                    before == null ? from : before.export().from(),
                    stated.path("end").asLong(-1),
                    stated.path("size").asLong(-1));
            requireCheckpoint(range);
            ExportSection section =
                    new ExportSection(range, from, stated.path("to").asLong(-1));
            boolean follows = before == null || (range.equals(before.export()) && from == before.to());
            ExportSection.Roots roots = new ExportSection.Roots(
                    hashes(stated.path("left")), hashes(stated.path("tiles")), hashes(stated.path("right")));
            if (!follows || section.to() > range.to() || !line.equals(ExportLine.section(section, roots))) {
                throw found(Finding.Kind.ALTERED, leaf, "this is not the section that begins with leaf " + leaf);
            }
            if (!roots.root(section).equals(checkpoint.root())) {
                throw found(
                        Finding.Kind.UNPROVEN,
                        leaf,
                        "the hashes of the leaves " + section.from() + " to " + (section.to() - 1)
                                + " do not lead to the root of the checkpoint");
            }
            return new Opened(section, roots.tiles());
        } catch (JacksonException | IllegalArgumentException e) {
            throw found(Finding.Kind.ALTERED, leaf, "this is no section of an export: " + e.getMessage());
        }
    }

    private void requireCheckpoint(ExportRange range) {
        if (!range.origin().equals(checkpoint.origin()) || range.size() != checkpoint.size()) {
            throw found(
                    Finding.Kind.UNPROVEN,
                    range.from(),
                    "the export is proven by the checkpoint of " + range.origin()
                            + " at " + range.size() + " leaves, and the one given is of " + checkpoint.origin() + " at "
                            + checkpoint.size());
        }
    }

    private void verify(Opened opened) throws IOException {
        ExportSection section = opened.section();
        for (int i = 0; i < opened.tiles().size(); i++) {
            long index = section.firstTiled() / Tile.WIDTH + i;
            long begin = index * Tile.WIDTH;
            List<Hash> hashes = tile(section, index, opened.tiles().get(i));
            long first = Math.max(begin, section.from());
            long end = Math.min(section.endOf(index), section.to());
            List<HeldRecord> held = records(end - first);
            new TileCheck(
                            first,
                            hashes.subList((int) (first - begin), (int) (end - begin)),
                            held,
                            lines.peek() == null,
                            lines.number())
                    .run();
            withheld += held.stream().filter(HeldRecord::isWithheld).count();
            progress.accept(end - section.export().from());
        }
    }

    private List<Hash> tile(ExportSection section, long index, Hash root) throws IOException {
        long first = Math.max(index * Tile.WIDTH, section.from());
        String line = lines.take();
        if (line == null) {
            throw found(Finding.Kind.TRUNCATED, first, "the export ends before leaf " + first);
        }
        try {
            List<Hash> hashes = hashes(JSON.readTree(line).at("/tile/hashes"));
            GrowingTree tree = GrowingTree.empty();
            hashes.forEach(tree::append);
            long size = section.endOf(index) - index * Tile.WIDTH;
            if (line.equals(ExportLine.tile(index, hashes))
                    && tree.size() == size
                    && tree.root().equals(root)) {
                return hashes;
            }
        } catch (JacksonException | IllegalArgumentException e) {
            // named below
        }
        throw found(
                Finding.Kind.ALTERED,
                first,
                "the hashes of the leaves " + first + " to " + (Math.min(section.endOf(index), section.to()) - 1)
                        + " were altered, or are not here");
    }

    /** All records up to the next line that is none; of too many only one more. */
    private List<HeldRecord> records(long most) throws IOException {
        List<HeldRecord> records = new ArrayList<>();
        String line = lines.peek();
        while (line != null && HeldRecord.isOne(line) && records.size() <= most) {
            lines.take();
            records.add(HeldRecord.parse(lines.number(), line));
            line = lines.peek();
        }
        return records;
    }

    private TamperedException found(Finding.Kind kind, long leaf, String message) {
        return new TamperedException(new Finding(kind, leaf, lines.number(), message));
    }

    private static List<Hash> hashes(JsonNode joined) {
        byte[] bytes = Base64.getDecoder().decode(joined.asString());
        if (bytes.length % Hash.BYTES != 0) {
            throw new IllegalArgumentException("a list of hashes has a multiple of 32 bytes");
        }
        return Tile.hashes(bytes);
    }

    private record Opened(ExportSection section, List<Hash> tiles) {}
}
