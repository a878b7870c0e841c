package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.LedgerRecord;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.redis.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    RedisRecords(RedisClient redis) {
        this.redis = redis;
    }

    /** What is still there of the records of some neighbouring leaves, by leaf. */
    Map<Long, Held> of(String namespace, long from, long to) {
        List<StreamEntryBinary> entries = BuilderFactory.STREAM_ENTRY_BINARY_LIST.build(redis.xrange(
                RedisKeys.bytes(new LedgerKeys(namespace).records()),
                RedisKeys.bytes(RedisLedger.recordId(from).toString()),
                RedisKeys.bytes(RedisLedger.recordId(to - 1).toString())));
        Map<Long, Held> held = new HashMap<>();
        List<Wanted> wanted = new ArrayList<>();
        try (Pipeline pipeline = redis.pipelined()) {
            for (StreamEntryBinary entry : entries) {
                long leaf = entry.getID().getTime() - 1;
                Noted noted = Noted.of(entry);
                byte[] canonical = noted.fields().get((byte) 'b');
                if (canonical != null) {
                    held.put(leaf, new Held(noted.kind(), noted.id(), noted.salt(), canonical));
                } else {
                    wanted.add(new Wanted(leaf, noted, source(pipeline, namespace, noted)));
                }
            }
        }
        wanted.forEach(each -> each.found().ifPresent(found -> held.put(each.leaf(), found)));
        return held;
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
    private record Noted(String kind, String id, Map<Byte, byte[]> fields) {
        static Noted of(StreamEntryBinary entry) {
            Map<Byte, byte[]> fields = new HashMap<>();
            entry.getFields().forEach((name, value) -> fields.put(name[0], value));
            return new Noted(text(fields, 'k'), text(fields, 'i'), fields);
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

    /** A record that the journal is asked for. */
    private record Wanted(long leaf, Noted noted, Response<List<Object>> answer) {
        private Optional<Held> found() {
            return BuilderFactory.STREAM_ENTRY_BINARY_LIST.build(answer.get()).stream()
                    .findFirst()
                    .map(noted::foundIn);
        }
    }
}
