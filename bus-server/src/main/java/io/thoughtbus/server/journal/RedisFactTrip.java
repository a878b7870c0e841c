package io.thoughtbus.server.journal;

import io.thoughtbus.server.redis.DurabilityGauge;
import io.thoughtbus.server.redis.History;
import io.thoughtbus.server.redis.RedisFunction;
import io.thoughtbus.server.redis.RedisFunctions;
import io.thoughtbus.server.redis.RedisKeys;
import io.thoughtbus.server.web.ProblemException;
import io.thoughtbus.server.web.ProblemType;
import io.thoughtbus.server.web.RedisProblems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** Writes facts to their streams, to live memory and under their idempotency keys, in one pipeline. */
@Component
final class RedisFactTrip {
    private static final int MOST_TOGETHER = 64;

    private final RedisClient redis;
    private final RedisFunctions functions;
    private final DurabilityGauge durability;
    private final RedisModels models;
    private final long windowMillis;

    RedisFactTrip(
            RedisClient redis,
            RedisFunctions functions,
            DurabilityGauge durability,
            RedisModels models,
            JournalProperties properties) {
        this.redis = redis;
        this.functions = functions;
        this.durability = durability;
        this.models = models;
        this.windowMillis = properties.idempotencyWindow().toMillis();
    }

    /** Writes facts, each of which knows afterwards what became of it. */
    Written write(List<PendingFact> facts) {
        List<Call> calls = calls(facts);
        List<Call> missing = new ArrayList<>();
        Written written = send(calls, missing);
        if (!missing.isEmpty()) {
            functions.load();
            List<Call> gone = new ArrayList<>();
            written = send(missing, gone);
            gone.forEach(call -> call.refuse(functionsAreGone()));
        }
        return written;
    }

    /**
     * Facts of one shard travel together, a bounded number of them: Redis fsyncs once for each command that it reads
     * whole, and does nothing else until a function ends. One that takes another back travels alone, in its place.
     */
    private static List<Call> calls(List<PendingFact> facts) {
        List<Call> calls = new ArrayList<>();
        Map<PendingFact.Stream, Call> open = new HashMap<>();
        for (PendingFact fact : facts) {
            if (fact.isWithdrawing()) {
                open.remove(fact.stream());
                calls.add(new Call(fact.stream(), List.of(fact)));
                continue;
            }
            Call call = open.get(fact.stream());
            if (call == null || call.facts().size() == MOST_TOGETHER) {
                call = new Call(fact.stream(), new ArrayList<>());
                open.put(fact.stream(), call);
                calls.add(call);
            }
            call.facts().add(fact);
        }
        return calls;
    }

    /** Sends calls and adds those to the missing that Redis did not know the function for. */
    private Written send(List<Call> calls, List<Call> missing) {
        List<Response<Object>> answers = new ArrayList<>(calls.size());
        History.Question history;
        Response<Map<String, String>> settings;
        try (Pipeline pipeline = redis.pipelined()) {
            history = History.ask(pipeline);
            for (Call call : calls) {
                answers.add(queue(pipeline, call));
            }
            settings = DurabilityGauge.settings(pipeline);
        }
        for (int i = 0; i < calls.size(); i++) {
            try {
                calls.get(i).answer((List<?>) answers.get(i).get());
            } catch (JedisDataException e) {
                if (RedisFunctions.isNotLoaded(e)) {
                    missing.add(calls.get(i));
                } else {
                    calls.get(i).refuse(RedisProblems.of(e));
                }
            }
        }
        return new Written(history.answer(), durability.isAlways(history.answer(), settings));
    }

    private Response<Object> queue(Pipeline pipeline, Call call) {
        if (call.facts().get(0).isWithdrawing()) {
            return queueWithdrawal(pipeline, call.stream(), call.facts().get(0));
        }
        String namespace = call.stream().namespace();
        int shard = call.stream().shard();
        List<String> keys = new ArrayList<>(List.of(
                RedisKeys.shard(namespace, shard, RedisJournal.FACTS),
                RedisJournal.memoryPrefix(namespace, shard, models.currentTag())));
        List<Object> arguments = new ArrayList<>(List.of(shard, windowMillis));
        call.facts().forEach(fact -> fact.addTo(keys, arguments));
        return functions.call(pipeline, RedisFunction.PUBLISH_FACTS, keys, arguments);
    }

    private Response<Object> queueWithdrawal(Pipeline pipeline, PendingFact.Stream stream, PendingFact fact) {
        String namespace = stream.namespace();
        int shard = stream.shard();
        List<String> keys = new ArrayList<>(List.of(
                RedisKeys.shard(namespace, shard, RedisJournal.FACTS),
                RedisWithdrawals.key(namespace, shard),
                RedisJournal.memoryPrefix(namespace, shard, models.currentTag())));
        models.tags().stream()
                .filter(tag -> !tag.equals(models.currentTag()))
                .forEach(tag -> keys.add(RedisJournal.memoryPrefix(namespace, shard, tag)));
        List<Object> arguments = new ArrayList<>(List.of(shard, windowMillis));
        fact.addWithdrawalTo(keys, arguments);
        return functions.call(pipeline, RedisFunction.WITHDRAW_FACT, keys, arguments);
    }

    private static ProblemException functionsAreGone() {
        return new ProblemException(
                ProblemType.REDIS_UNAVAILABLE, "Redis has lost the functions of the bus; nothing was stored");
    }

    /**
     * What is known of the disk once facts are written.
     *
     * @param history the writes that these belong to, if nothing broke it meanwhile
     * @param onDisk whether they are on disk already
     */
    record Written(History history, boolean onDisk) {}

    private record Call(PendingFact.Stream stream, List<PendingFact> facts) {

        void answer(List<?> written) {
            for (int i = 0; i < facts.size(); i++) {
                facts.get(i).written((List<?>) written.get(i));
            }
        }

        void refuse(ProblemException refusal) {
            facts.forEach(fact -> fact.refused(refusal));
        }
    }
}
