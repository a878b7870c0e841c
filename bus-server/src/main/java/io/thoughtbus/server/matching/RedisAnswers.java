package io.thoughtbus.server.matching;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.SecondStageAnswer;
import io.thoughtbus.server.interest.InterestRef;
import io.thoughtbus.server.journal.RedisJournal;
import io.thoughtbus.server.redis.RedisKeys;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import tools.jackson.databind.json.JsonMapper;

/** What became of the matches in doubt: for each, once and for good, what the second stage made of it. */
@Component
public final class RedisAnswers {
    private final RedisClient redis;
    private final JsonMapper json;

    RedisAnswers(RedisClient redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /** Records answers, and returns those that hold: the first that were recorded. */
    public Map<Asked, SecondStageAnswer> record(String namespace, Map<Asked, SecondStageAnswer> answers) {
        Map<Asked, Response<String>> held = new LinkedHashMap<>();
        try (Pipeline pipeline = redis.pipelined()) {
            answers.forEach((asked, answer) -> {
                String key = key(namespace, asked.fact());
                pipeline.hsetnx(key, asked.interest().toString(), json.writeValueAsString(answer));
                held.put(asked, pipeline.hget(key, asked.interest().toString()));
            });
        }
        return decode(held);
    }

    /** What has been recorded of some; those without an answer are left out. */
    public Map<Asked, SecondStageAnswer> findAll(String namespace, List<Asked> all) {
        Map<Asked, Response<String>> found = new LinkedHashMap<>();
        try (Pipeline pipeline = redis.pipelined()) {
            all.forEach(asked -> found.put(
                    asked,
                    pipeline.hget(key(namespace, asked.fact()), asked.interest().toString())));
        }
        return decode(found);
    }

    /** All answers about one fact. */
    public Map<InterestRef, SecondStageAnswer> about(String namespace, FactId fact) {
        Map<InterestRef, SecondStageAnswer> answers = new HashMap<>();
        redis.hgetAll(key(namespace, fact))
                .forEach((interest, answer) ->
                        InterestRef.parse(interest).ifPresent(ref -> answers.put(ref, decode(answer))));
        return answers;
    }

    private Map<Asked, SecondStageAnswer> decode(Map<Asked, Response<String>> stored) {
        Map<Asked, SecondStageAnswer> answers = new HashMap<>();
        stored.forEach((asked, answer) -> {
            if (answer.get() != null) {
                answers.put(asked, decode(answer.get()));
            }
        });
        return answers;
    }

    private SecondStageAnswer decode(String answer) {
        return json.readValue(answer, SecondStageAnswer.class);
    }

    private static String key(String namespace, FactId fact) {
        return RedisKeys.shard(namespace, fact.shard(), "answers:" + RedisJournal.position(fact));
    }

    /** What is asked: whether a fact concerns one version of a subscription's interest. */
    public record Asked(FactId fact, InterestRef interest) {}
}
