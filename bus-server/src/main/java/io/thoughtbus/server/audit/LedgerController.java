package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.ConsistencyProof;
import io.thoughtbus.ledger.ExportRange;
import io.thoughtbus.ledger.InclusionProof;
import io.thoughtbus.ledger.KeyValidity;
import io.thoughtbus.ledger.Tile;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Fields;
import io.thoughtbus.protocol.InvalidFieldException;
import io.thoughtbus.protocol.Limits;
import io.thoughtbus.server.journal.Namespaces;
import io.thoughtbus.server.replay.Selection;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redis.clients.jedis.StreamEntryID;

/** The door for auditors: nothing that is asked here changes a record. */
@RestController
@RequestMapping("/v1/{namespace}/ledger")
final class LedgerController {
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=UTF-8");
    private static final int BUFFER = 1 << 16;

    private final Namespaces namespaces;
    private final LedgerReader reader;
    private final Checkpoints checkpoints;
    private final Signers signers;
    private final LedgerExport export;
    private final SelectedExport selected;
    private final RedisLedger ledger;

    LedgerController(
            Namespaces namespaces,
            LedgerReader reader,
            Checkpoints checkpoints,
            Signers signers,
            LedgerExport export,
            SelectedExport selected,
            RedisLedger ledger) {
        this.namespaces = namespaces;
        this.reader = reader;
        this.checkpoints = checkpoints;
        this.signers = signers;
        this.export = export;
        this.selected = selected;
        this.ledger = ledger;
    }

    @GetMapping
    LedgerReader.LedgerState state(@PathVariable String namespace) {
        return reader.state(Fields.namespace(namespace));
    }

    @GetMapping("/checkpoint")
    ResponseEntity<byte[]> checkpoint(@PathVariable String namespace) {
        Checkpoints.Kept newest = checkpoints
                .newest(Fields.namespace(namespace))
                .orElseThrow(() ->
                        new ProblemException(ProblemType.CHECKPOINT_NOT_FOUND, "the ledger has no checkpoint yet"));
        return ResponseEntity.ok().contentType(TEXT).body(newest.bytes());
    }

    @PostMapping("/checkpoints")
    ResponseEntity<byte[]> sign(@PathVariable String namespace) {
        if (!namespaces.exists(Fields.namespace(namespace))) {
            throw new ProblemException(ProblemType.CHECKPOINT_NOT_FOUND, "there is no namespace " + namespace);
        }
        Checkpoints.Kept made = checkpoints.make(namespace);
        return ResponseEntity.status(HttpStatus.CREATED).contentType(TEXT).body(made.bytes());
    }

    @GetMapping("/checkpoints")
    CheckpointPage list(
            @PathVariable String namespace,
            @RequestParam(defaultValue = "0-0") String after,
            @RequestParam(defaultValue = "100") int limit) {
        Fields.namespace(namespace);
        Fields.within("limit", limit, 1, Limits.PAGE);
        List<Checkpoints.Kept> some = checkpoints.list(namespace, position(after), limit + 1);
        List<Checkpoints.Kept> page = some.subList(0, Math.min(limit, some.size()));
        return new CheckpointPage(
                page.stream()
                        .map(kept -> new CheckpointPage.Signed(kept.size(), kept.at(), kept.note()))
                        .toList(),
                some.size() > limit ? page.get(limit - 1).id() : null);
    }

    @GetMapping("/key")
    Keys keys(@PathVariable String namespace) {
        return new Keys(signers.validity(Fields.namespace(namespace)));
    }

    @GetMapping("/inclusion")
    InclusionProof inclusion(
            @PathVariable String namespace,
            @RequestParam(required = false) @Nullable String fact,
            @RequestParam(required = false) @Nullable Long leaf,
            @RequestParam(required = false) @Nullable Long size) {
        return reader.inclusion(
                Fields.namespace(namespace), fact == null ? null : FactId.parse("fact", fact), leaf, size);
    }

    @GetMapping("/consistency")
    ConsistencyProof consistency(@PathVariable String namespace, @RequestParam long from, @RequestParam long to) {
        return reader.consistency(Fields.namespace(namespace), from, to);
    }

    @GetMapping("/tile/{level}/{index}")
    ResponseEntity<byte[]> tile(@PathVariable String namespace, @PathVariable int level, @PathVariable long index) {
        Fields.namespace(namespace);
        Fields.within("level", level, 0, 7);
        byte[] hashes = ledger.tiles(namespace, List.of(new Tile(level, index))).get(0);
        if (hashes.length == 0) {
            throw new ProblemException(ProblemType.LEAF_NOT_FOUND, "the ledger has no tile " + level + "/" + index);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(hashes);
    }

    @GetMapping("/export")
    void export(
            @PathVariable String namespace,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable Long size,
            @RequestParam(defaultValue = "jsonl") String format,
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String publisher,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String about,
            @RequestParam(required = false) @Nullable Double threshold,
            HttpServletResponse response)
            throws IOException {
        boolean asEvents = format.equals("cloudevents");
        if (!asEvents && !format.equals("jsonl")) {
            throw new InvalidFieldException("format", "must be jsonl or cloudevents");
        }
        ExportChoice choice = ExportChoice.of(subscription, subject, publisher, filter, about, threshold);
        Selection selection = selected.selection(choice);
        ExportRange range = reader.range(Fields.namespace(namespace), from, to, size);
        response.setContentType(asEvents ? "application/cloudevents+x-ndjson" : "application/x-ndjson");
        OutputStream out = new BufferedOutputStream(response.getOutputStream(), BUFFER);
        if (choice.isAll()) {
            export.write(namespace, range, asEvents, out);
        } else {
            selected.write(namespace, range, choice, selection, asEvents, out);
        }
        out.flush();
    }

    private static String position(String after) {
        try {
            return new StreamEntryID(after).toString();
        } catch (RuntimeException e) {
            throw new InvalidFieldException("after", "must be the next of a page before");
        }
    }

    /** The keys that sign the checkpoints of a ledger, or have signed them, the oldest first. */
    record Keys(List<KeyValidity> keys) {}

    /**
     * Some checkpoints, the oldest first.
     *
     * @param next what to ask for after them; absent if these are the last
     */
    record CheckpointPage(
            List<Signed> checkpoints, @Nullable String next) {
        /** A checkpoint: of how many leaves, when it was signed, and what was signed. */
        record Signed(long size, Instant at, String note) {}
    }
}
