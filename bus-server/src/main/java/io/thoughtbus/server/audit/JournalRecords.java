package io.thoughtbus.server.audit;

import io.thoughtbus.ledger.Hash;
import io.thoughtbus.ledger.LedgerRecord;
import io.thoughtbus.protocol.FactId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.resps.StreamEntryBinary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The records of what the journal holds, made of its entries again whenever they are asked for. What is stored enters as
 * it is stored, under longer names, so that no later form of a fact changes the record of an earlier one.
 */
final class JournalRecords {
    static final String FACT = "fact";
    static final String MATCHES = "matches";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("t", "text"),
            Map.entry("s", "subject"),
            Map.entry("a", "attributes"),
            Map.entry("p", "publisher"),
            Map.entry("k", "key"),
            Map.entry("o", "occurredAt"),
            Map.entry("l", "ttlMillis"),
            Map.entry("c", "cause"),
            Map.entry("d", "depth"),
            Map.entry("r", "root"),
            Map.entry("m", "model"),
            Map.entry("x", "supersedes"),
            Map.entry("w", "retracts"));

    private JournalRecords() {}

    /** The id of the fact that an entry of a shard's streams is of. */
    static String id(int shard, StreamEntryBinary entry) {
        return new FactId(shard, entry.getID().getTime(), entry.getID().getSequence()).toString();
    }

    /** The record of a fact: the embedding enters by its SHA-256. */
    static LedgerRecord fact(int shard, StreamEntryBinary entry) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field :
                JSON.readTree(field('f', entry)).properties()) {
            body.set(NAMES.getOrDefault(field.getKey(), field.getKey()), field.getValue());
        }
        long accepted = find('a', entry)
                .map(noted -> Long.parseLong(new String(noted, StandardCharsets.UTF_8)))
                .orElse(entry.getID().getTime());
        body.put("at", Instant.ofEpochMilli(accepted).toString());
        body.put("vectorSha256", Base64.getEncoder().encodeToString(sha256(field('v', entry))));
        return new LedgerRecord(FACT, id(shard, entry), body);
    }

    /** What a fact's record is salted with; nothing for a fact of before there was a ledger. */
    static byte[] salt(StreamEntryBinary entry) {
        return find('s', entry).orElseGet(() -> new byte[0]);
    }

    /** The record of whom a fact woke. */
    static LedgerRecord matches(int shard, StreamEntryBinary entry) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("matches", JSON.readTree(field('m', entry)));
        return new LedgerRecord(MATCHES, id(shard, entry), body);
    }

    static Hash leaf(byte[] salt, LedgerRecord record) {
        return LedgerRecord.leaf(salt, record.canonical());
    }

    private static byte[] sha256(byte[] vector) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(vector);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] field(char name, StreamEntryBinary entry) {
        return find(name, entry)
                .orElseThrow(() -> new IllegalStateException("the entry " + entry.getID() + " has no field " + name));
    }

    private static Optional<byte[]> find(char name, StreamEntryBinary entry) {
        return entry.getFields().entrySet().stream()
                .filter(field -> field.getKey()[0] == name)
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
