package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.CloudEvents;
import io.thoughtbus.ledger.ExportLine;
import io.thoughtbus.ledger.ExportRange;
import io.thoughtbus.ledger.ExportSection;
import io.thoughtbus.ledger.Hash;
import io.thoughtbus.ledger.Tile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/**
 * Writes ranges of a ledger with what proves them, a tile at a time. What it writes follows from the ledger alone, so two
 * runs give the same bytes unless something was erased or trimmed between them.
 */
@Component
class LedgerExport {
    private final RedisLedger ledger;
    private final RedisRecords records;

    LedgerExport(RedisLedger ledger, RedisRecords records) {
        this.ledger = ledger;
        this.records = records;
    }

    /** Writes an export to a stream, which is flushed after each tile. */
    void write(String namespace, ExportRange range, boolean asEvents, OutputStream out) throws IOException {
        UnaryOperator<String> form = asEvents ? line -> CloudEvents.wrap(line, range.origin()) : line -> line;
        for (ExportSection section : range.sections()) {
            ExportSection.Roots roots = section.roots(ledger.nodes(namespace));
            write(out, form.apply(ExportLine.section(section, roots)));
            for (int i = 0; i < section.tiles(); i++) {
                writeTile(namespace, section, section.firstTiled() / Tile.WIDTH + i, form, out);
                out.flush();
            }
        }
    }

    private void writeTile(
            String namespace, ExportSection section, long index, UnaryOperator<String> form, OutputStream out)
            throws IOException {
        long begin = index * Tile.WIDTH;
        int count = (int) (section.endOf(index) - begin);
        byte[] stored = ledger.tiles(namespace, List.of(new Tile(0, index))).get(0);
        if (stored.length < count * Hash.BYTES) {
            throw new IllegalStateException("the ledger of " + namespace + " has lost hashes of tile " + index);
        }
        List<Hash> hashes = Tile.hashes(Arrays.copyOf(stored, count * Hash.BYTES));
        write(out, form.apply(ExportLine.tile(index, hashes)));
        long from = Math.max(begin, section.from());
        long to = Math.min(begin + count, section.to());
        Map<Long, Held> held = from < to ? records.of(namespace, from, to) : Map.of();
        for (long leaf = from; leaf < to; leaf++) {
            Hash hash = hashes.get((int) (leaf - begin));
            Held record = held.get(leaf);
            String line = record == null
                    ? ExportLine.withheld(leaf, hash)
                    : ExportLine.record(leaf, hash, record.salt(), record.canonical());
            write(out, form.apply(line));
        }
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
