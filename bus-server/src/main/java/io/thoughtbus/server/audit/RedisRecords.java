package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.LedgerRecord;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.journal.WholeJournal;
import io.thoughtbus.server.redis.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.resps.StreamEntryBinary;

/** Reads the records of leaves: acts from the ledger, facts and their matches from the journal. */
@Component
final class RedisRecords {
    private final RedisClient redis;
    private final WholeJournal journal;

    RedisRecords(RedisClient redis, WholeJournal journal) {
        this.redis = redis;
        this.journal = journal;
    }

    /** What is still there of the records of some neighbouring leaves, by leaf. */
    Map<Long, Held> of(String namespace, long from, long to) {
        Map<Long, Held> held = new HashMap<>();
        List<Noted> ofTheJournal = new ArrayList<>();
        for (Noted noted : noted(namespace, from, to)) {
            byte[] canonical = noted.fields().get((byte) 'b');
            if (canonical != null) {
                held.put(noted.leaf(), new Held(noted.kind(), noted.id(), noted.salt(), canonical));
            } else {
                ofTheJournal.add(noted);
            }
        }
        find(namespace, ofTheJournal).forEach((noted, entry) -> held.put(noted.leaf(), noted.foundIn(entry)));
        return held;
    }

    /** The facts and records of matches among some neighbouring leaves, with their entries as far as they are there. */
    List<JournalLeaf> entries(String namespace, long from, long to) {
        List<Noted> ofTheJournal = noted(namespace, from, to).stream()
                .filter(Noted::isOfTheJournal)
                .toList();
        Map<Noted, StreamEntryBinary> found = find(namespace, ofTheJournal);
        return ofTheJournal.stream()
                .map(noted -> {
                    StreamEntryBinary entry = found.get(noted);
                    return new JournalLeaf(
                            noted.leaf(),
                            noted.isFact() ? LedgerLeaves.Of.FACT : LedgerLeaves.Of.MATCHES,
                            FactId.parse(noted.id()),
                            entry == null || noted.isFact() ? entry : noted.salted(entry));
                })
                .toList();
    }

    private List<Noted> noted(String namespace, long from, long to) {
        return BuilderFactory.STREAM_ENTRY_BINARY_LIST
                .build(redis.xrange(
                        RedisKeys.bytes(new LedgerKeys(namespace).records()),
                        RedisKeys.bytes(RedisLedger.recordId(from).toString()),
                        RedisKeys.bytes(RedisLedger.recordId(to - 1).toString())))
                .stream()
                .map(Noted::of)
                .toList();
    }

    /** The entries in Redis, and in the archive those that have left it. */
    private Map<Noted, StreamEntryBinary> find(String namespace, List<Noted> all) {
        Map<Noted, Response<List<Object>>> answers = new LinkedHashMap<>();
        try (Pipeline pipeline = redis.pipelined()) {
            all.forEach(noted -> answers.put(noted, source(pipeline, namespace, noted)));
        }
        Map<Noted, StreamEntryBinary> found = new LinkedHashMap<>();
        answers.forEach((noted, answer) -> {
            List<StreamEntryBinary> entries = BuilderFactory.STREAM_ENTRY_BINARY_LIST.build(answer.get());
            if (entries.isEmpty()) {
                entries = journal.archived(namespace, FactId.parse(noted.id()), !noted.isFact());
            }
            entries.stream().findFirst().ifPresent(entry -> found.put(noted, entry));
        });
        return found;
    }

    private static Response<List<Object>> source(Pipeline pipeline, String namespace, Noted noted) {
        FactId fact = FactId.parse(noted.id());
        byte[] position = RedisKeys.bytes(RedisJournal.position(fact));
        byte[] key = noted.isFact()
                ? RedisJournal.key(namespace, fact.shard())
                : RedisKeys.bytes(RedisKeys.shard(namespace, fact.shard(), JournalRecords.MATCHES));
        return pipeline.xrange(key, position, position);
    }

    /** What the ledger itself holds of a record. */
    private record Noted(long leaf, String kind, String id, Map<Byte, byte[]> fields) {
        static Noted of(StreamEntryBinary entry) {
            Map<Byte, byte[]> fields = new HashMap<>();
            entry.getFields().forEach((name, value) -> fields.put(name[0], value));
            return new Noted(entry.getID().getTime() - 1, text(fields, 'k'), text(fields, 'i'), fields);
        }

        boolean isOfTheJournal() {
            return !fields.containsKey((byte) 'b') && (isFact() || kind.equals(JournalRecords.MATCHES));
        }

        /** An entry of matches, whose salt the ledger holds, with the salt. */
        StreamEntryBinary salted(StreamEntryBinary entry) {
            IdentityHashMap<byte[], byte[]> all = new IdentityHashMap<>();
            entry.getFields().forEach((name, value) -> {
                if (name[0] != 's') {
                    all.put(name, value);
                }
            });
            all.put(new byte[] {'s'}, salt());
            return new StreamEntryBinary(entry.getID(), all);
        }

        boolean isFact() {
            return kind.equals(JournalRecords.FACT);
        }

        byte[] salt() {
            return Objects.requireNonNullElseGet(fields.get((byte) 's'), () -> new byte[0]);
        }

        Held foundIn(StreamEntryBinary entry) {
            int shard = FactId.parse(id).shard();
            LedgerRecord record = isFact() ? JournalRecords.fact(shard, entry) : JournalRecords.matches(shard, entry);
            return new Held(kind, id, isFact() ? JournalRecords.salt(entry) : salt(), record.canonical());
        }

        private static String text(Map<Byte, byte[]> fields, char name) {
            return new String(Objects.requireNonNull(fields.get((byte) name)), StandardCharsets.UTF_8);
        }
    }

    /**
     * A leaf that is of an entry of the journal.
     *
     * @param entry with its salt as field {@code s}; absent if it is gone
     */
    record JournalLeaf(
            long leaf,
            LedgerLeaves.Of of,
            FactId fact,
            @Nullable StreamEntryBinary entry) {}
}
