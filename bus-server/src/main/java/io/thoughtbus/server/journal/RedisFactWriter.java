package io.thoughtbus.server.journal;

import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.server.journal.FactPublisher.AdmittedDraft;
import io.thoughtbus.server.redis.DurabilityGauge;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import io.thoughtbus.server.web.RedisProblems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final int MOST_TOGETHER = 64;

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
    List<Object> write(String namespace, List<AdmittedDraft> facts, Durability wanted) {
        Object[] answers = new Object[facts.size()];
        List<Call> missing = send(namespace, calls(facts), wanted, answers);
        if (!missing.isEmpty()) {
            functions.load();
            send(namespace, missing, wanted, answers).forEach(call -> call.answerAll(answers, functionsAreGone()));
        }
        return Arrays.asList(answers);
    }

    /**
     * Facts of one shard travel together, a bounded number of them: Redis fsyncs once for each command that it reads
     * whole, and does nothing else until a function ends.
     */
    private List<Call> calls(List<AdmittedDraft> facts) {
        List<Call> calls = new ArrayList<>();
        Map<Integer, Call> open = new HashMap<>();
        for (int i = 0; i < facts.size(); i++) {
            FactDraft draft = facts.get(i).draft();
            int shard = shards.of(Objects.requireNonNullElse(draft.subject(), draft.text()));
            Call call = open.get(shard);
            if (call == null || call.facts().size() == MOST_TOGETHER) {
                call = new Call(shard, new ArrayList<>(), new ArrayList<>());
                open.put(shard, call);
                calls.add(call);
            }
            call.facts().add(facts.get(i));
            call.places().add(i);
        }
        return calls;
    }

    /** Fills in the answers of some calls, and returns those that Redis did not know the function for. */
    private List<Call> send(String namespace, List<Call> calls, Durability wanted, Object[] answers) {
        List<Response<Object>> written = new ArrayList<>(calls.size());
        Response<KeyValue<Long, Long>> synced = null;
        Response<Map<String, String>> settings;
        try (Pipeline pipeline = redis.pipelined()) {
            for (Call call : calls) {
                written.add(queue(pipeline, namespace, call));
            }
            settings = DurabilityGauge.settings(pipeline);
            if (wanted != Durability.ACCEPTED) {
                synced = pipeline.waitAOF(1, wanted == Durability.REPLICATED ? 1 : 0, LONGEST_FSYNC_MILLIS);
            }
        }
        Durability reached = reached(DurabilityGauge.isAlways(settings), synced);
        List<Call> missing = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            try {
                calls.get(i).answer(answers, (List<?>) written.get(i).get(), reached);
            } catch (JedisDataException e) {
                if (RedisFunctions.isNotLoaded(e)) {
                    missing.add(calls.get(i));
                } else {
                    calls.get(i).answerAll(answers, RedisProblems.of(e));
                }
            }
        }
        return missing;
    }

    private static Durability reached(boolean always, @Nullable Response<KeyValue<Long, Long>> synced) {
        KeyValue<Long, Long> copies = synced == null ? new KeyValue<>(0L, 0L) : synced.get();
        boolean local = always || copies.getKey() >= 1;
        if (local && copies.getValue() >= 1) {
            return Durability.REPLICATED;
        }
        return local ? Durability.FSYNCED : Durability.ACCEPTED;
    }

    private Response<Object> queue(Pipeline pipeline, String namespace, Call call) {
        List<String> keys = new ArrayList<>(List.of(
                RedisKeys.shard(namespace, call.shard(), RedisJournal.FACTS),
                RedisJournal.memoryPrefix(namespace, call.shard(), models.currentTag())));
        List<Object> arguments = new ArrayList<>(List.of(call.shard(), windowMillis));
        for (AdmittedDraft fact : call.facts()) {
            FactDraft draft = fact.draft();
            Duration ttl = draft.ttl() == null ? namespaces.settings(namespace).ttl() : draft.ttl();
            if (draft.key() != null) {
                keys.add(RedisKeys.shard(namespace, call.shard(), "key:" + RedisClaims.name(draft)));
            }
            arguments.addAll(List.of(
                    codec.encode(draft, ttl, fact.descent()),
                    fact.embedding().toBytes(),
                    Objects.requireNonNullElse(draft.subject(), ""),
                    ttl.toMillis(),
                    draft.key() == null ? 0 : keys.size()));
        }
        return functions.call(pipeline, RedisFunction.PUBLISH_FACTS, keys, arguments);
    }

    private static ProblemException functionsAreGone() {
        return new ProblemException(
                ProblemType.REDIS_UNAVAILABLE, "Redis has lost the functions of the bus; nothing was stored");
    }

    private static ProblemException unavailable(Durability wanted, String why) {
        return new ProblemException(
                ProblemType.DURABILITY_UNAVAILABLE,
                "the connected Redis cannot give the durability " + wanted + ": " + why,
                "durability");
    }

    /**
     * Facts that are written together.
     *
     * @param places where their answers belong
     */
    private record Call(int shard, List<AdmittedDraft> facts, List<Integer> places) {

        void answer(Object[] answers, List<?> written, Durability reached) {
            for (int i = 0; i < places.size(); i++) {
                List<?> fact = (List<?>) written.get(i);
                StreamEntryID position = new StreamEntryID((byte[]) fact.get(0));
                FactId id = new FactId(shard, position.getTime(), position.getSequence());
                answers[places.get(i)] =
                        new Published(id, reached, Long.valueOf(1).equals(fact.get(1)));
            }
        }

        void answerAll(Object[] answers, ProblemException refusal) {
            places.forEach(place -> answers[place] = refusal);
        }
    }
}
