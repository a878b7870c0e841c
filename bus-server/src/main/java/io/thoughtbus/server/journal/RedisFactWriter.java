package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.server.journal.FactPublisher.EmbeddedDraft;
import io.thoughtbus.server.redis.DurabilityGauge;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import io.thoughtbus.server.web.RedisProblems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.KeyValue;

/** Writes facts to their streams, to live memory and under their idempotency keys, in one pipeline a batch. */
@Component
final class RedisFactWriter {
    private static final long LONGEST_FSYNC_MILLIS = 2_000;

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final DurabilityGauge durability;
    private final FactCodec codec;
    private final Namespaces namespaces;
    private final Shards shards;
    private final RedisModels models;
    private final long windowMillis;

    RedisFactWriter(
            RedisClient redis,
            RedisFunctions functions,
            DurabilityGauge durability,
            FactCodec codec,
            Namespaces namespaces,
            Shards shards,
            RedisModels models,
            JournalProperties properties) {
        this.redis = redis;
        this.functions = functions;
        this.durability = durability;
        this.codec = codec;
        this.namespaces = namespaces;
        this.shards = shards;
        this.models = models;
        this.windowMillis = properties.idempotencyWindow().toMillis();
    }

    /** Refuses a level that the connected Redis cannot give. */
    void requireAvailable(Durability wanted) {
        if (wanted == Durability.ACCEPTED) {
            return;
        }
        DurabilityGauge.Durable now = durability.now();
        if (!now.appendOnly()) {
            throw unavailable(wanted, "it keeps no append-only file: set 'CONFIG SET appendonly yes'");
        }
        if (wanted == Durability.REPLICATED && now.replicas() == 0) {
            throw unavailable(wanted, "no replica is connected to it");
        }
    }

    /** Writes facts, and answers with {@link Published} or {@link ProblemException} for each. */
    List<Object> write(String namespace, List<EmbeddedDraft> facts, Durability wanted) {
        Batch batch = send(namespace, facts, wanted);
        if (IntStream.range(0, facts.size()).anyMatch(batch::isNotLoaded)) {
            functions.load();
            return IntStream.range(0, facts.size())
                    .mapToObj(i -> batch.isNotLoaded(i)
                            ? send(namespace, facts.subList(i, i + 1), wanted).answer(0)
                            : batch.answer(i))
                    .toList();
        }
        return IntStream.range(0, facts.size()).mapToObj(batch::answer).toList();
    }

    private Batch send(String namespace, List<EmbeddedDraft> facts, Durability wanted) {
        List<Integer> shardOf = facts.stream()
                .map(fact -> shards.of(Objects.requireNonNullElse(
                        fact.draft().subject(), fact.draft().text())))
                .toList();
        List<Response<Object>> written = new ArrayList<>(facts.size());
        Response<KeyValue<Long, Long>> synced = null;
        Response<Map<String, String>> settings;
        try (Pipeline pipeline = redis.pipelined()) {
            for (int i = 0; i < facts.size(); i++) {
                written.add(queue(pipeline, namespace, shardOf.get(i), facts.get(i)));
            }
            settings = DurabilityGauge.settings(pipeline);
            if (wanted != Durability.ACCEPTED) {
                synced = pipeline.waitAOF(1, wanted == Durability.REPLICATED ? 1 : 0, LONGEST_FSYNC_MILLIS);
            }
        }
        return new Batch(shardOf, written, reached(DurabilityGauge.isAlways(settings), synced));
    }

    private static Durability reached(boolean always, @Nullable Response<KeyValue<Long, Long>> synced) {
        KeyValue<Long, Long> copies = synced == null ? new KeyValue<>(0L, 0L) : synced.get();
        boolean local = always || copies.getKey() >= 1;
        if (local && copies.getValue() >= 1) {
            return Durability.REPLICATED;
        }
        return local ? Durability.FSYNCED : Durability.ACCEPTED;
    }

    private Response<Object> queue(Pipeline pipeline, String namespace, int shard, EmbeddedDraft fact) {
        FactDraft draft = fact.draft();
        Duration ttl = draft.ttl() == null ? namespaces.settings(namespace).ttl() : draft.ttl();
        List<String> keys = new ArrayList<>(List.of(
                RedisKeys.shard(namespace, shard, RedisJournal.FACTS),
                RedisKeys.shard(namespace, shard, "fact:" + models.currentTag() + ":")));
        List<Object> arguments = new ArrayList<>(List.of(
                codec.encode(draft, ttl),
                fact.embedding().toBytes(),
                Objects.requireNonNullElse(draft.subject(), ""),
                ttl.toMillis(),
                shard));
        if (draft.key() != null) {
            keys.add(RedisKeys.shard(namespace, shard, "key:" + RedisClaims.name(draft)));
            arguments.add(windowMillis);
        }
        return functions.call(pipeline, RedisFunction.PUBLISH_FACT, keys, arguments);
    }

    private static ProblemException unavailable(Durability wanted, String why) {
        return new ProblemException(
                ProblemType.DURABILITY_UNAVAILABLE,
                "the connected Redis cannot give the durability " + wanted + ": " + why,
                "durability");
    }

    /** One pipeline's answers. */
    private record Batch(List<Integer> shardOf, List<Response<Object>> written, Durability reached) {

        boolean isNotLoaded(int i) {
            try {
                written.get(i).get();
                return false;
            } catch (JedisDataException e) {
                return RedisFunctions.isNotLoaded(e);
            }
        }

        Object answer(int i) {
            try {
                List<?> answer = (List<?>) written.get(i).get();
                StreamEntryID position = new StreamEntryID((byte[]) answer.get(0));
                FactId id = new FactId(shardOf.get(i), position.getTime(), position.getSequence());
                return new Published(id, reached, Long.valueOf(1).equals(answer.get(1)));
            } catch (JedisDataException e) {
                return RedisProblems.of(e);
            }
        }
    }
}
