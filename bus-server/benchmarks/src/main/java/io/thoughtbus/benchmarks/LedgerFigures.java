package io.thoughtbus.benchmarks;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.embeddings.OnnxModel;
import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.ExportLine;
import io.thoughtbus.ledger.ExportRange;
import io.thoughtbus.ledger.ExportSection;
import io.thoughtbus.ledger.ExportVerifier;
import io.thoughtbus.ledger.GrowingTree;
import io.thoughtbus.ledger.Hash;
import io.thoughtbus.ledger.LedgerRecord;
import io.thoughtbus.ledger.NodeSource;
import io.thoughtbus.ledger.Proof;
import io.thoughtbus.ledger.Tile;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.Vector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.node.JsonNodeFactory;

/** What does the ledger cost: a fact with and without it, a proof at a million leaves, verifying a hundred thousand records? */
public final class LedgerFigures {
    private static final int MILLION = 1_000_000;
    private static final int EXPORTED = 100_000;
    private static final int PROOFS = 20_000;
    private static final int ROUNDS = 3;
    private static final int TEXTS = 6_000;
    private static final int VECTORS = 30_000;
    private static final int BATCH = 500;

    private LedgerFigures() {}

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        proofs();
        verification();
        facts();
    }

    private static void proofs() {
        List<Hash> leaves = new ArrayList<>();
        for (int i = 0; i < MILLION; i++) {
            leaves.add(Hash.leaf(Integer.toString(i).getBytes(StandardCharsets.UTF_8)));
        }
        NodeSource nodes = nodes(leaves);
        Random random = new Random(1);
        int longest = 0;
        long started = 0;
        for (int i = -PROOFS; i < PROOFS; i++) {
            if (i == 0) {
                started = System.nanoTime();
            }
            List<Hash> path = Proof.inclusion(random.nextInt(MILLION), MILLION, nodes);
            longest = Math.max(
                    longest,
                    path.stream().mapToInt(hash -> hash.toString().length() + 3).sum());
        }
        print(
                "inclusion proof at a million leaves: %.0f µs, path of %d bytes",
                (System.nanoTime() - started) / 1e3 / PROOFS, longest);
    }

    private static void verification() throws Exception {
        List<Hash> leaves = new ArrayList<>();
        List<byte[]> records = new ArrayList<>();
        byte[] salt = new byte[LedgerRecord.SALT];
        for (int i = 0; i < EXPORTED; i++) {
            byte[] record = new LedgerRecord(
                            "fact",
                            "0-1795428930000-" + i,
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put(
                                            "text",
                                            "customer " + i + " sent the parcel back and wants the money".repeat(3))
                                    .put("at", "2026-11-23T10:15:30Z"))
                    .canonical();
            records.add(record);
            leaves.add(LedgerRecord.leaf(salt, record));
        }
        NodeSource nodes = nodes(leaves);
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        for (ExportSection section : new ExportRange("bench", 0, EXPORTED, EXPORTED).sections()) {
            line(export, ExportLine.section(section, section.roots(nodes)));
            for (long tile = section.firstTiled() / Tile.WIDTH; tile * Tile.WIDTH < section.to(); tile++) {
                int end = (int) section.endOf(tile);
                line(export, ExportLine.tile(tile, leaves.subList((int) tile * Tile.WIDTH, end)));
                for (int leaf = (int) tile * Tile.WIDTH; leaf < end; leaf++) {
                    line(export, ExportLine.record(leaf, leaves.get(leaf), salt, records.get(leaf)));
                }
            }
        }
        Checkpoint checkpoint = new Checkpoint("bench", EXPORTED, Proof.root(EXPORTED, nodes));
        long started = System.nanoTime();
        ExportVerifier.verify(new ByteArrayInputStream(export.toByteArray()), checkpoint, verified -> {});
        print(
                "verifying %d records, %d MB: %.2f s",
                EXPORTED, export.size() >> 20, (System.nanoTime() - started) / 1e9);
    }

    /** With and without by turns, each on a Redis of its own. */
    private static void facts() throws Exception {
        try (Embedder model = Embedder.onnx(OnnxModel.packaged(), 1)) {
            List<FactDraft> vectors = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                String text = "customer " + i + " sent the parcel back";
                Embedding embedding = model.embed(text);
                vectors.add(FactDraft.of(text)
                        .withVector(
                                Vector.of(embedding.toArray()), model.modelId().toString()));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (boolean enabled : new boolean[] {false, true}) {
                    measure(enabled, round, vectors);
                }
            }
        }
    }

    private static void measure(boolean enabled, int round, List<FactDraft> vectors) throws Exception {
        try (BusUnderTest bus = new BusUnderTest("--thoughtbus.ledger.enabled=" + enabled);
                ThoughtBus shop = ThoughtBus.connect(bus.uri("shop"))) {
            for (int i = 0; i < VECTORS / 2; i += BATCH) {
                shop.publishAll(vectors);
            }
            long started = System.nanoTime();
            for (int i = 0; i < VECTORS; i += BATCH) {
                shop.publishAll(vectors);
            }
            bus.awaitDispatched("shop");
            double vectorMicros = (System.nanoTime() - started) / 1e3 / VECTORS;
            started = System.nanoTime();
            for (int i = 0; i < TEXTS; i += BATCH) {
                List<FactDraft> texts = new ArrayList<>();
                for (int j = 0; j < BATCH; j++) {
                    texts.add(FactDraft.of("order " + round + "." + (i + j) + " was returned by its customer"));
                }
                shop.publishAll(texts);
            }
            bus.awaitDispatched("shop");
            print(
                    "ledger %s: %.0f µs a fact of text, %.0f µs a fact with a vector",
                    enabled ? "on " : "off", (System.nanoTime() - started) / 1e3 / TEXTS, vectorMicros);
        }
    }

    private static NodeSource nodes(List<Hash> leaves) {
        Map<Tile, ByteArrayOutputStream> tiles = new HashMap<>();
        GrowingTree tree = GrowingTree.empty().telling((node, hash) -> {
            if (node.level() % Tile.HEIGHT == 0) {
                tiles.computeIfAbsent(Tile.of(node), tile -> new ByteArrayOutputStream())
                        .writeBytes(hash.bytes());
            }
        });
        leaves.forEach(tree::append);
        Map<Tile, byte[]> stored = new HashMap<>();
        tiles.forEach((tile, hashes) -> stored.put(tile, hashes.toByteArray()));
        return Tile.nodes(wanted -> wanted.stream().map(stored::get).toList());
    }

    private static void line(ByteArrayOutputStream out, String line) {
        out.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("AnnotateFormatMethod") // each call is in this file
    private static void print(String form, Object... values) {
        System.out.println(String.format(Locale.ROOT, form, values));
    }
}
