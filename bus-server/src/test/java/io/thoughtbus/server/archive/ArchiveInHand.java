package io.thoughtbus.server.archive;

import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.audit.LedgerInHand;
import io.thoughtbus.server.audit.LedgerLeaves;
import io.thoughtbus.server.audit.LedgerLeaves.Signed;
import io.thoughtbus.server.journal.JournalInHand;
import io.thoughtbus.server.journal.Shards;
import io.thoughtbus.server.journal.WholeJournal;
import io.thoughtbus.server.redis.RedisInHand;
import io.thoughtbus.server.redis.RedisKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XTrimParams;
import redis.clients.jedis.resps.StreamEntryBinary;

/** The archive of a namespace that no other test uses, kept by hand. */
final class ArchiveInHand {
    static final StreamEntryID FIRST = new StreamEntryID(0, 1);
    static final StreamEntryID LAST = new StreamEntryID(Long.MAX_VALUE, Long.MAX_VALUE);

    final RedisClient redis = RedisInHand.client();
    final LedgerInHand ledger;
    final String namespace;
    final SegmentStore store;
    final Segments segments;
    final ArchiveReader reader;
    final WholeJournal journal;
    final SegmentErasure erasure;
    final Sealer sealer;
    final SegmentCheck check;
    private long published;

    ArchiveInHand(Path keys, Path directory) {
        this(new LedgerInHand(keys), new DirectoryStore(directory, Clock.systemUTC()));
    }

    ArchiveInHand(LedgerInHand ledger, SegmentStore store) {
        this.ledger = ledger;
        this.namespace = ledger.namespace;
        this.store = store;
        this.segments = new Segments(store, System::nanoTime);
        this.reader = new ArchiveReader(segments);
        this.journal = JournalInHand.whole(redis, reader);
        this.erasure = new SegmentErasure(segments, store);
        LedgerLeaves leaves = ledger.leaves(journal);
        this.sealer = new Sealer(
                segments,
                store,
                leaves,
                JournalInHand.journal(),
                JournalInHand.erased(redis),
                erasure,
                new Shards(4),
                Clock.systemUTC());
        this.check = new SegmentCheck(segments, leaves);
    }

    /** The same after a restart of the server, whose files may fail. */
    ArchiveInHand restarted(UnaryOperator<SegmentStore> files) {
        ArchiveInHand again = new ArchiveInHand(ledger, files.apply(store));
        again.published = published;
        return again;
    }

    /** Publishes facts, every third of which wakes somebody, and has the ledger take them. */
    void publish(int facts) {
        for (int i = 0; i < facts; i++) {
            FactId id = fact(published);
            JournalInHand.append(
                    namespace,
                    id,
                    FactDraft.of("the parcel " + published + " is late").about("s-" + published % 10));
            if (published % 3 == 0) {
                redis.xadd(
                        RedisKeys.shard(namespace, id.shard(), "matches"),
                        Map.of("m", "[[\"agent\",7,1,0.5,0.4]]"),
                        XAddParams.xAddParams().id(new StreamEntryID(id.milliseconds(), id.sequence())));
            }
            redis.hset(
                    RedisKeys.shard(namespace, id.shard(), "dispatch"),
                    "cursor",
                    id.milliseconds() + "-" + id.sequence());
            published++;
        }
        ledger.takeAll();
    }

    /** The fact that was published as the so-manieth. */
    static FactId fact(long number) {
        return new FactId((int) (number % 4), 1_000 + number / 8, number / 4 % 2);
    }

    Signed signed() {
        return ledger.leaves(journal).sign(namespace);
    }

    /** Signs and archives all there is. */
    void sealAll() {
        Signed checkpoint = signed();
        while (sealer.seal(namespace, checkpoint).isPresent()) {
            // until nothing is left
        }
    }

    /** Takes out of Redis what is older than a fact, as retention does. */
    void trim(FactId kept) {
        for (int shard = 0; shard < 4; shard++) {
            String facts = RedisKeys.shard(namespace, shard, "facts");
            StreamEntryID until = new StreamEntryID(kept.milliseconds(), 0);
            List<StreamEntryID> gone = redis.xrange(facts, "-", "(" + until).stream()
                    .map(entry -> entry.getID())
                    .toList();
            if (!gone.isEmpty()) {
                redis.hset(
                        RedisKeys.shard(namespace, shard, "dispatch"),
                        "trimmed",
                        gone.get(gone.size() - 1).toString());
            }
            redis.xtrim(facts, XTrimParams.xTrimParams().minId(until.toString()));
            redis.xtrim(
                    RedisKeys.shard(namespace, shard, "matches"),
                    XTrimParams.xTrimParams().minId(until.toString()));
        }
    }

    /** What Redis holds of the streams, as texts. */
    List<String> held() {
        List<String> all = new ArrayList<>();
        for (int shard = 0; shard < 4; shard++) {
            for (String stream : List.of("facts", "matches")) {
                byte[] key = RedisKeys.bytes(RedisKeys.shard(namespace, shard, stream));
                for (Object raw : redis.xrange(key, RedisKeys.bytes("-"), RedisKeys.bytes("+"))) {
                    all.add(stream + " " + shard + " "
                            + text(Objects.requireNonNull(BuilderFactory.STREAM_ENTRY_BINARY_LIST
                                    .build(List.of(raw))
                                    .get(0))));
                }
            }
        }
        return all;
    }

    /** What the archive holds of them, as the same texts; the salts of matches are not among them. */
    List<String> archived() {
        List<String> all = new ArrayList<>();
        for (int shard = 0; shard < 4; shard++) {
            for (StreamEntryBinary entry : reader.facts(namespace, shard, FIRST, LAST, 100_000)) {
                all.add("facts " + shard + " " + text(entry));
            }
            for (StreamEntryBinary entry : reader.matches(namespace, shard, FIRST, LAST, 100_000)) {
                all.add("matches " + shard + " " + text(entry).replaceAll(" s=\\[[^]]*]", ""));
            }
        }
        return all;
    }

    private static String text(StreamEntryBinary entry) {
        return entry.getID() + " "
                + entry.getFields().entrySet().stream()
                        .map(field -> (char) field.getKey()[0] + "=" + Arrays.toString(field.getValue()))
                        .sorted()
                        .collect(Collectors.joining(" "));
    }
}
