package io.thoughtbus.server.audit;

import io.thoughtbus.embeddings.HashingEmbedder;
import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.ExportRange;
import io.thoughtbus.ledger.ExportSummary;
import io.thoughtbus.ledger.ExportVerifier;
import io.thoughtbus.ledger.PublicKey;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.WholeJournal;
import io.thoughtbus.server.redis.RedisAddress;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.StorageProperties;
import io.thoughtbus.server.redis.TestRedis;
import io.thoughtbus.server.trail.Trail;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.json.JsonMapper;

/** The ledger of a namespace that no other test uses, kept by hand. */
public final class LedgerInHand {
    /** The namespace. */
    public final String namespace = BusTest.Fresh.namespace();

    final RedisClient redis = RedisInHand.client();
    final RedisLedger ledger = new RedisLedger(redis, RedisInHand.functions(), properties("thought-bus", null));
    final LedgerWriter writer = new LedgerWriter(redis, RedisInHand.functions(), ledger, new Shards(4));
    final LedgerExport export = new LedgerExport(ledger, new RedisRecords(redis, JournalInHand.whole()));
    final Trail trail = new Trail(RedisInHand.functions(), JsonMapper.builder().build());
    final Signers signers;
    final Checkpoints checkpoints;

    /** The ledger of a new namespace, signed by keys in a directory. */
    public LedgerInHand(Path keys) {
        this(keys, BusTest.Fresh.namespace());
    }

    /** The same with the ledgers called so: which key signs them is a matter of the whole Redis. */
    LedgerInHand(Path keys, String origin) {
        this.signers = new Signers(redis, properties(origin, keys), new StorageProperties(null), Clock.systemUTC());
        RedisAddress address = TestRedis.address();
        this.checkpoints = new Checkpoints(
                redis,
                RedisInHand.functions(),
                ledger,
                signers,
                RedisInHand.gauge(redis),
                RedisInHand.commits(address),
                trail);
    }

    private static LedgerProperties properties(String origin, @Nullable Path keys) {
        return new LedgerProperties(origin, keys, Duration.ofMinutes(1), Duration.ofDays(1));
    }

    /** Takes all there is. */
    public void takeAll(String... subscriptions) {
        while (writer.advance(namespace, List.of(subscriptions)) > 0) {
            // until nothing is left
        }
    }

    /** Its leaves, read with what has left Redis. */
    public LedgerLeaves leaves(WholeJournal journal) {
        return new LedgerLeaves(ledger, new RedisRecords(redis, journal), checkpoints, signers);
    }

    /** The lines of an export of all leaves, read with what has left Redis. */
    public List<String> exported(WholeJournal journal) {
        return exported(new LedgerExport(ledger, new RedisRecords(redis, journal)), 0, size(), size());
    }

    long size() {
        return ledger.head(namespace).size();
    }

    /** The lines of an export of all leaves. */
    List<String> exported() {
        return exported(0, size(), size());
    }

    List<String> exported(long from, long to, long size) {
        return exported(export, from, to, size);
    }

    private List<String> exported(LedgerExport export, long from, long to, long size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            export.write(namespace, new ExportRange(signers.origin(namespace), from, to, size), false, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.asList(out.toString(StandardCharsets.UTF_8).split("\n", -1));
    }

    /** The lines of an export of chosen records, from a leaf on. */
    List<String> exported(ExportChoice choice, long from) {
        SelectedExport selected = new SelectedExport(
                ledger,
                new RedisRecords(redis, JournalInHand.whole()),
                JournalInHand.journal(),
                new HashingEmbedder(16));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ExportRange range = new ExportRange(signers.origin(namespace), from, size(), size());
            selected.write(namespace, range, choice, selected.selection(choice), false, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.asList(out.toString(StandardCharsets.UTF_8).split("\n", -1));
    }

    /** The records in an export. */
    List<String> records() {
        return exported().stream().filter(line -> line.startsWith("{\"hash\"")).toList();
    }

    ExportSummary verify(List<String> lines, Checkpoints.Kept checkpoint) {
        try {
            return ExportVerifier.verify(
                    new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)),
                    open(checkpoint),
                    verified -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Checkpoint open(Checkpoints.Kept checkpoint) {
        return Checkpoint.open(
                checkpoint.note(),
                signers.validity(namespace).stream()
                        .map(key -> PublicKey.parse(key.key()))
                        .toList());
    }
}
