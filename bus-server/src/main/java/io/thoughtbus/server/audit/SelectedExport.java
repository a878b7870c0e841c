package io.thoughtbus.server.audit;

import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.ledger.CloudEvents;
import io.thoughtbus.ledger.ExportRange;
import io.thoughtbus.ledger.ExportSection;
import io.thoughtbus.ledger.Hash;
import io.thoughtbus.ledger.NodeSource;
import io.thoughtbus.ledger.Proof;
import io.thoughtbus.ledger.SelectionLine;
import io.thoughtbus.ledger.Tile;
import io.thoughtbus.ledger.TreeNode;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.StoredFact;
import io.thoughtbus.server.replay.Selection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Writes chosen records of a range of a ledger, each with what proves that it is in the ledger, some hundred leaves at a
 * time. What it writes follows from the ledger alone, as long as nothing is erased or trimmed.
 */
@Component
class SelectedExport {
    private final RedisLedger ledger;
    private final RedisRecords records;
    private final RedisJournal journal;
    private final Embedder embedder;

    SelectedExport(RedisLedger ledger, RedisRecords records, RedisJournal journal, Embedder embedder) {
        this.ledger = ledger;
        this.records = records;
        this.journal = journal;
        this.embedder = embedder;
    }

    /**
     * What chooses facts.
     *
     * @throws io.thoughtbus.protocol.InvalidFieldException if the filter is none
     */
    Selection selection(ExportChoice choice) {
        return new Selection(choice.facts(), embedder);
    }

    /** Writes an export to a stream, which is flushed after every 256 leaves. */
    void write(
            String namespace,
            ExportRange range,
            ExportChoice choice,
            Selection selection,
            boolean asEvents,
            OutputStream out)
            throws IOException {
        UnaryOperator<String> form = asEvents ? line -> CloudEvents.wrap(line, range.origin()) : line -> line;
        for (ExportSection section : range.sections()) {
            write(out, form.apply(SelectionLine.begin(section, choice.criteria())));
            long chosen = 0;
            long undecided = 0;
            for (long from = section.from(); from < section.to(); from = endOfTile(from, section)) {
                Found found = find(namespace, choice, selection, from, endOfTile(from, section));
                NodeSource nodes = nodes(namespace);
                for (Map.Entry<Long, Held> each : found.chosen().entrySet()) {
                    write(out, form.apply(line(each.getKey(), range.size(), each.getValue(), nodes)));
                }
                chosen += found.chosen().size();
                undecided += found.undecided();
                out.flush();
            }
            write(out, form.apply(SelectionLine.end(section, chosen, undecided)));
        }
    }

    private static long endOfTile(long leaf, ExportSection section) {
        return Math.min((leaf / Tile.WIDTH + 1) * Tile.WIDTH, section.to());
    }

    private Found find(String namespace, ExportChoice choice, Selection selection, long from, long to) {
        Map<Long, Held> held = records.of(namespace, from, to);
        Map<FactId, StoredFact> facts = choice.isOfAllFacts() ? Map.of() : facts(namespace, held);
        SortedMap<Long, Held> chosen = new TreeMap<>();
        long undecided = to - from - held.size();
        for (Map.Entry<Long, Held> each : held.entrySet()) {
            Optional<Boolean> isChosen = isChosen(each.getValue(), choice, selection, facts);
            if (isChosen.isEmpty()) {
                undecided++;
            } else if (isChosen.get()) {
                chosen.put(each.getKey(), each.getValue());
            }
        }
        return new Found(chosen, undecided);
    }

    /** Empty if nobody can tell, because the journal no longer holds the fact. */
    private static Optional<Boolean> isChosen(
            Held record, ExportChoice choice, Selection selection, Map<FactId, StoredFact> facts) {
        if (choice.subscription() != null && !record.concerns(choice.subscription())) {
            return Optional.of(false);
        }
        if (choice.isOfAllFacts()) {
            return Optional.of(true);
        }
        return record.fact()
                .map(fact -> Optional.ofNullable(facts.get(fact)).map(selection::includes))
                .orElse(Optional.of(false));
    }

    private Map<FactId, StoredFact> facts(String namespace, Map<Long, Held> held) {
        List<FactId> ids = held.values().stream()
                .flatMap(record -> record.fact().stream())
                .distinct()
                .toList();
        return journal.stored(namespace, ids).stream().collect(Collectors.toMap(StoredFact::id, fact -> fact));
    }

    /** The nodes of the ledger; a tile that was read once is not read again. */
    private NodeSource nodes(String namespace) {
        Map<Tile, byte[]> read = new HashMap<>();
        return Tile.nodes(tiles -> {
            List<Tile> unread =
                    tiles.stream().filter(tile -> !read.containsKey(tile)).toList();
            List<byte[]> found = unread.isEmpty() ? List.of() : ledger.tiles(namespace, unread);
            for (int i = 0; i < unread.size(); i++) {
                read.put(unread.get(i), found.get(i));
            }
            return tiles.stream().map(read::get).toList();
        });
    }

    private static String line(long leaf, long size, Held record, NodeSource nodes) {
        Hash hash = nodes.hashes(List.of(new TreeNode(0, leaf))).get(0);
        return SelectionLine.record(leaf, hash, Proof.inclusion(leaf, size, nodes), record.salt(), record.canonical());
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    /**
     * What was found among some leaves.
     *
     * @param chosen by leaf
     * @param undecided of how many nobody can tell
     */
    private record Found(SortedMap<Long, Held> chosen, long undecided) {}
}
