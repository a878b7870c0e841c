package io.thoughtbus.ledger;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;

/** A ledger in memory, and exports of it. */
final class Exported {
    private final List<byte[]> salts = new ArrayList<>();
    private final List<byte[]> canonical = new ArrayList<>();
    private final List<Hash> leaves = new ArrayList<>();

    /** A ledger of so many records. */
    static Exported of(int size) {
        Exported ledger = new Exported();
        for (int i = 0; i < size; i++) {
            byte[] salt = ("salt of " + (100_000 + i) + "..").getBytes(StandardCharsets.UTF_8);
            byte[] record = new LedgerRecord(
                            i % 5 == 0 ? "matches" : "fact",
                            "0-17-" + i,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("text", "the fact \u00e9 " + i)
                                    .put("at", "2026-11-23T10:15:30Z"))
                    .canonical();
            ledger.salts.add(salt);
            ledger.canonical.add(record);
            ledger.leaves.add(LedgerRecord.leaf(salt, record));
        }
        return ledger;
    }

    Checkpoint checkpoint(int size) {
        return new Checkpoint("thought-bus/shop", size, Trees.root(leaves.subList(0, size)));
    }

    Hash leaf(int leaf) {
        return leaves.get(leaf);
    }

    NodeSource nodes() {
        return Trees.nodes(leaves);
    }

    /** The lines of an export; every hundredth record was erased. */
    List<String> lines(int from, int to, int size) {
        NodeSource nodes = nodes();
        List<String> lines = new ArrayList<>();
        for (ExportSection section : new ExportRange("thought-bus/shop", from, to, size).sections()) {
            lines.add(ExportLine.section(section, section.roots(nodes)));
            for (int i = 0; i < section.tiles(); i++) {
                long tile = section.firstTiled() / Tile.WIDTH + i;
                int begin = (int) tile * Tile.WIDTH;
                int end = (int) section.endOf(tile);
                lines.add(ExportLine.tile(tile, leaves.subList(begin, end)));
                for (int leaf = (int) Math.max(begin, section.from()); leaf < Math.min(end, section.to()); leaf++) {
                    lines.add(line(leaf));
                }
            }
        }
        return lines;
    }

    /** The lines of an export of every so many-th record. */
    List<String> chosen(int from, int to, int size, int every) {
        List<String> lines = new ArrayList<>();
        for (ExportSection section : new ExportRange("thought-bus/shop", from, to, size).sections()) {
            lines.add(SelectionLine.begin(
                    section, new TreeMap<>(Map.of("subject", "s \u20ac \"7\"", "filter", "a < 1"))));
            int count = 0;
            for (int leaf = (int) section.from(); leaf < section.to(); leaf++) {
                if (leaf % every == 0) {
                    lines.add(chosen(leaf, size));
                    count++;
                }
            }
            lines.add(SelectionLine.end(section, count, 3));
        }
        return lines;
    }

    String chosen(int leaf, int size) {
        List<Hash> path = Proof.inclusion(leaf, size, nodes());
        return SelectionLine.record(leaf, leaves.get(leaf), path, salts.get(leaf), canonical.get(leaf));
    }

    String line(int leaf) {
        return leaf % 100 == 99
                ? ExportLine.withheld(leaf, leaves.get(leaf))
                : ExportLine.record(leaf, leaves.get(leaf), salts.get(leaf), canonical.get(leaf));
    }

    static ExportSummary verify(List<String> lines, Checkpoint checkpoint) {
        return verify(lines.stream().map(line -> line + "\n").collect(Collectors.joining()), checkpoint);
    }

    static ExportSummary verify(String export, Checkpoint checkpoint) {
        try {
            return ExportVerifier.verify(
                    new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)), checkpoint, verified -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
