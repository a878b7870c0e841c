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
 * was accepted if its position does not say.
 */
@Component
final class FactCodec {
    private static final String ANONYMOUS = "anonymous";

    private final JsonMapper json;
    private final RedisModels models;
    private final Embedder embedder;

    FactCodec(JsonMapper json, RedisModels models, Embedder embedder) {
        this.json = json;
        this.embedder = embedder;
        this.models = models;
    }

    byte[] encode(FactDraft draft, Duration ttl, Descent descent) {
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
                models.currentTag()));
    }

    JournalledFact decode(int shard, StreamEntryBinary entry) {
        StreamEntryID position = entry.getID();
        FactId id = new FactId(shard, position.getTime(), position.getSequence());
        Entry stored = json.readValue(field('f', entry), Entry.class);
        return new JournalledFact(
                stored.toFact(id, acceptedAt(id, entry), models), embedding(stored, field('v', entry)));
    }

    /** The fact, unless another model embedded it. */
    Optional<JournalledFact> decodePresent(int shard, StreamEntryBinary entry) {
        return json.readValue(field('f', entry), Entry.class).model().equals(models.currentTag())
                ? Optional.of(decode(shard, entry))
                : Optional.empty();
    }

    /** Where the fact stands in a chain of causes. */
    Descent descent(StreamEntryBinary entry) {
        return json.readValue(field('f', entry), Entry.class).descent();
    }

    /** What the position says, unless Redis' clock had been set back when the fact came. */
    private static Instant acceptedAt(FactId id, StreamEntryBinary entry) {
        return find('a', entry)
                .map(noted -> Instant.ofEpochMilli(Long.parseLong(SafeEncoder.encode(noted))))
                .orElse(id.acceptedAt());
    }

    private static byte[] field(char name, StreamEntryBinary entry) {
        return find(name, entry)
                .orElseThrow(() -> new IllegalStateException("the journal's entry " + entry.getID() + " is no fact"));
    }

    private static Optional<byte[]> find(char name, StreamEntryBinary entry) {
        return entry.getFields().entrySet().stream()
                .filter(field -> field.getKey()[0] == name)
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The stored embedding; for a fact of an earlier model one by the present model, since the two cannot be compared. */
    private Embedding embedding(Entry stored, byte[] vector) {
        return stored.model().equals(models.currentTag()) ? Embedding.fromBytes(vector) : embedder.embed(stored.text());
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
                    models.idOf(model));
        }
    }
}
