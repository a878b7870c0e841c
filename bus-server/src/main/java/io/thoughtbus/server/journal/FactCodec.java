package io.thoughtbus.server.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.thoughtbus.embeddings.Embedder;
import io.thoughtbus.embeddings.Embedding;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntryBinary;
import redis.clients.jedis.util.SafeEncoder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Facts to and from the fields of a stream entry: {@code f} the fact as JSON, {@code v} its embedding, {@code a} when it
 * was accepted if its position does not say, {@code s} the salt of its record in the ledger.
 */
@Component
final class FactCodec {
    private static final String ANONYMOUS = "anonymous";

    /** The fact, its embedding, and when it was accepted if its position does not say. */
    private static final String FIELDS = "fva";

    private final JsonMapper json;
    private final RedisModels models;
    private final Embedder embedder;
    private final byte[] presentEnd;

    FactCodec(JsonMapper json, RedisModels models, Embedder embedder) {
        this.json = json;
        this.presentEnd = SafeEncoder.encode("\"m\":\"" + models.currentTag() + "\"}");
        this.embedder = embedder;
        this.models = models;
    }

    byte[] encode(FactDraft draft, Duration ttl, Descent descent) {
        return encode(draft, ttl, descent, null);
    }

    /** A fact, or the retraction of one. */
    byte[] encode(FactDraft draft, Duration ttl, Descent descent, @Nullable FactId retracts) {
        return json.writeValueAsBytes(new Entry(
                draft.text(),
                draft.subject(),
                draft.attributes(),
                draft.publisher(),
                draft.key(),
                draft.occurredAt(),
                ttl.toMillis(),
                draft.cause(),
                descent.depth() == 0 ? null : descent.depth(),
                descent.root(),
                draft.supersedes(),
                retracts,
                models.currentTag()));
    }

    JournalledFact decode(int shard, StreamEntryBinary entry) {
        return stored(shard, entry).journalled();
    }

    /** The fact in an entry, to be read as far as it is asked for. */
    StoredFact stored(int shard, StreamEntryBinary entry) {
        StreamEntryID position = entry.getID();
        return new StoredFact(
                this,
                new FactId(shard, position.getTime(), position.getSequence()),
                field('f', entry),
                field('v', entry),
                find('a', entry).orElse(null));
    }

    /** The same of an entry as Redis answers it: its position, and its fields each followed by its value. */
    StoredFact stored(int shard, List<?> entry) {
        FactId id = position(shard, (byte[]) entry.get(0));
        byte[][] values = new byte[FIELDS.length()][];
        List<?> fields = (List<?>) entry.get(1);
        for (int i = 0; i < fields.size(); i += 2) {
            int known = FIELDS.indexOf(((byte[]) fields.get(i))[0]);
            if (known >= 0) {
                values[known] = (byte[]) fields.get(i + 1);
            }
        }
        if (values[0] == null || values[1] == null) {
            throw new IllegalStateException("the journal's entry " + id + " is no fact");
        }
        return new StoredFact(this, id, values[0], values[1], values[2]);
    }

    /** The fact without its embedding. */
    Fact fact(FactId id, byte[] fact, byte @Nullable [] accepted) {
        Instant at =
                accepted == null ? id.acceptedAt() : Instant.ofEpochMilli(Long.parseLong(SafeEncoder.encode(accepted)));
        return json.readValue(fact, Entry.class).toFact(id, at, models);
    }

    /** The embedding of a text by the present model. */
    Embedding embed(String text) {
        return embedder.embed(text);
    }

    /** The fact in an entry without its embedding. */
    Fact fact(int shard, StreamEntryBinary entry) {
        return stored(shard, entry).fact();
    }

    /** The fact, unless another model embedded it. */
    Optional<JournalledFact> decodePresent(int shard, StreamEntryBinary entry) {
        return json.readValue(field('f', entry), Entry.class).model().equals(models.currentTag())
                ? Optional.of(decode(shard, entry))
                : Optional.empty();
    }

    /** The tag of the model that made the stored embedding. */
    String model(byte[] fact) {
        return endsAsPresent(fact)
                ? models.currentTag()
                : json.readValue(fact, Entry.class).model();
    }

    /** Whether the present model made the stored embedding; told, if it can be, by how the fact's JSON ends. */
    boolean isPresent(byte[] fact) {
        return endsAsPresent(fact) || model(fact).equals(models.currentTag());
    }

    /** Whether the fact's JSON may name one that it takes back. */
    boolean mayWithdraw(byte[] fact) {
        for (int at = 0; at + 4 < fact.length; at++) {
            if (fact[at] == '"'
                    && fact[at + 2] == '"'
                    && fact[at + 3] == ':'
                    && (fact[at + 1] == 'x' || fact[at + 1] == 'w')) {
                return true;
            }
        }
        return false;
    }

    private boolean endsAsPresent(byte[] fact) {
        int from = fact.length - presentEnd.length;
        return from >= 0 && Arrays.equals(fact, from, fact.length, presentEnd, 0, presentEnd.length);
    }

    /** Where the fact stands in a chain of causes. */
    Descent descent(StreamEntryBinary entry) {
        return json.readValue(field('f', entry), Entry.class).descent();
    }

    private static FactId position(int shard, byte[] id) {
        long milliseconds = 0;
        long sequence = 0;
        int at = 0;
        for (; id[at] != '-'; at++) {
            milliseconds = milliseconds * 10 + (id[at] - '0');
        }
        for (at++; at < id.length; at++) {
            sequence = sequence * 10 + (id[at] - '0');
        }
        return new FactId(shard, milliseconds, sequence);
    }

    private static byte[] field(char name, StreamEntryBinary entry) {
        return find(name, entry)
                .orElseThrow(() -> new IllegalStateException("the journal's entry " + entry.getID() + " is no fact"));
    }

    private static Optional<byte[]> find(char name, StreamEntryBinary entry) {
        for (Map.Entry<byte[], byte[]> field : entry.getFields().entrySet()) {
            if (field.getKey()[0] == name) {
                return Optional.of(field.getValue());
            }
        }
        return Optional.empty();
    }

    /** A fact in the journal; the names are short because every entry repeats them. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Entry(
            @JsonProperty("t") String text,
            @JsonProperty("s") @Nullable String subject,
            @JsonProperty("a") Map<String, Object> attributes,
            @JsonProperty("p") @Nullable String publisher,
            @JsonProperty("k") @Nullable String key,
            @JsonProperty("o") @Nullable Instant occurredAt,
            @JsonProperty("l") long lifetimeMillis,
            @JsonProperty("c") @Nullable FactId cause,
            @JsonProperty("d") @Nullable Integer depth,
            @JsonProperty("r") @Nullable FactId root,
            @JsonProperty("x") @Nullable FactId supersedes,
            @JsonProperty("w") @Nullable FactId retracts,
            @JsonProperty("m") String model) {

        Descent descent() {
            return depth == null ? Descent.NONE : new Descent(depth, root);
        }

        Fact toFact(FactId id, Instant acceptedAt, RedisModels models) {
            return new Fact(
                    id,
                    text,
                    subject,
                    attributes,
                    publisher == null ? ANONYMOUS : publisher,
                    key,
                    acceptedAt,
                    occurredAt == null ? acceptedAt : occurredAt,
                    acceptedAt.plusMillis(lifetimeMillis),
                    cause,
                    descent().depth(),
                    root,
                    supersedes,
                    retracts,
                    models.idOf(model));
        }
    }
}
