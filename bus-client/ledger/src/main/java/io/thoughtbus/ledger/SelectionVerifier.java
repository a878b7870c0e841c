package io.thoughtbus.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies an export of chosen records against a checkpoint, in one pass: each record leads to the root by itself, and they
 * stand in the order of the ledger. Whether records were left out is what nobody can tell from such an export alone.
 */
public final class SelectionVerifier {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Checkpoint checkpoint;
    private final ExportLines lines;
    private final LongConsumer progress;
    private long last = -1;
    private long records;
    private long undecided;

    SelectionVerifier(Checkpoint checkpoint, ExportLines lines, LongConsumer progress) {
        this.checkpoint = checkpoint;
        this.lines = lines;
        this.progress = progress;
    }

    /**
     * Verifies an export of JSON lines or of events.
     *
     * @param checkpoint that its note is signed has been verified
     * @param progress is told after each section how many records were verified
     * @throws TamperedException at the first thing that is wrong
     */
    public static SelectionSummary verify(InputStream export, Checkpoint checkpoint, LongConsumer progress)
            throws IOException {
        return new SelectionVerifier(checkpoint, new ExportLines(export, checkpoint.origin()), progress).run();
    }

    SelectionSummary run() throws IOException {
        Opened opened = open(null);
        while (verify(opened).section().to() < opened.section().export().to()) {
            opened = open(opened);
        }
        ExportRange range = opened.section().export();
        if (lines.take() != null) {
            throw found(Finding.Kind.INSERTED, range.to(), "something stands after the end of the export");
        }
        return new SelectionSummary(range, opened.criteria(), records, undecided);
    }

    private Opened open(@Nullable Opened before) throws IOException {
        long leaf = before == null ? 0 : before.section().to();
        String line = taken(leaf);
        try {
            JsonNode stated = JSON.readTree(line).path("selection");
            long from = stated.path("from").asLong(-1);
            ExportRange range = new ExportRange(
                    stated.path("origin").asString(),
                    before == null ? from : before.section().export().from(),
                    stated.path("end").asLong(-1),
                    stated.path("size").asLong(-1));
            requireCheckpoint(range);
            Opened opened =
                    new Opened(new ExportSection(range, from, stated.path("to").asLong(-1)), criteria(stated));
            boolean follows = before == null || opened.follows(before);
            if (!follows
                    || opened.section().to() > range.to()
                    || !line.equals(SelectionLine.begin(opened.section(), opened.criteria()))) {
                throw found(Finding.Kind.ALTERED, leaf, "this is not the section that begins with leaf " + leaf);
            }
            return opened;
        } catch (JacksonException | IllegalArgumentException e) {
            throw found(Finding.Kind.ALTERED, leaf, "this is no section of a selection: " + e.getMessage());
        }
    }

    private Opened verify(Opened opened) throws IOException {
        ExportSection section = opened.section();
        long chosen = 0;
        String line = taken(Math.max(last + 1, section.from()));
        while (!line.startsWith(SelectionLine.END)) {
            verify(section, line);
            chosen++;
            line = taken(last + 1);
        }
        long stated = undecided(line);
        if (!line.equals(SelectionLine.end(section, chosen, stated))) {
            throw found(
                    Finding.Kind.MISSING,
                    section.from(),
                    "of the leaves " + section.from() + " to " + (section.to() - 1) + " " + chosen
                            + " records are here, and the export says otherwise: " + line);
        }
        records += chosen;
        undecided += stated;
        progress.accept(records);
        return opened;
    }

    private void verify(ExportSection section, String line) {
        SelectedRecord record;
        try {
            record = SelectedRecord.parse(line);
        } catch (IllegalArgumentException e) {
            throw found(
                    Finding.Kind.ALTERED, last + 1, "what follows leaf " + last + " is no record: " + e.getMessage());
        }
        long leaf = record.leaf();
        if (!record.isIn(checkpoint)) {
            throw found(
                    record.isTrue() ? Finding.Kind.INSERTED : Finding.Kind.ALTERED,
                    leaf,
                    "leaf " + leaf
                            + " is not in the ledger that the checkpoint is of: the record is foreign to it, or it or"
                            + " its proof was altered");
        }
        if (!record.isTrue()) {
            throw found(Finding.Kind.ALTERED, leaf, "leaf " + leaf + " was altered: the ledger holds another record");
        }
        if (leaf == last) {
            throw found(Finding.Kind.INSERTED, leaf, "leaf " + leaf + " stands here twice");
        }
        if (leaf < last) {
            throw found(Finding.Kind.REORDERED, leaf, "leaf " + leaf + " stands after leaf " + last);
        }
        if (leaf < section.from() || leaf >= section.to()) {
            throw found(Finding.Kind.INSERTED, leaf, "leaf " + leaf + " does not belong to this section");
        }
        last = leaf;
    }

    private String taken(long leaf) throws IOException {
        String line = lines.take();
        if (line == null) {
            throw found(Finding.Kind.TRUNCATED, leaf, "the export ends without saying that it does");
        }
        return line;
    }

    private void requireCheckpoint(ExportRange range) {
        if (!range.origin().equals(checkpoint.origin()) || range.size() != checkpoint.size()) {
            throw found(
                    Finding.Kind.UNPROVEN,
                    range.from(),
                    "the export is proven by the checkpoint of " + range.origin() + " at " + range.size()
                            + " leaves, and the one given is of " + checkpoint.origin() + " at " + checkpoint.size());
        }
    }

    private static SortedMap<String, String> criteria(JsonNode stated) {
        SortedMap<String, String> criteria = new TreeMap<>();
        for (Map.Entry<String, JsonNode> criterion : stated.path("by").properties()) {
            criteria.put(criterion.getKey(), criterion.getValue().asString());
        }
        return criteria;
    }

    private static long undecided(String line) {
        try {
            return JSON.readTree(line).at("/selected/undecided").asLong(0);
        } catch (JacksonException e) {
            return 0;
        }
    }

    private TamperedException found(Finding.Kind kind, long leaf, String message) {
        return new TamperedException(new Finding(kind, leaf, lines.number(), message));
    }

    private record Opened(ExportSection section, SortedMap<String, String> criteria) {
        boolean follows(Opened before) {
            return section.export().equals(before.section().export())
                    && section.from() == before.section().to()
                    && criteria.equals(before.criteria());
        }
    }
}
